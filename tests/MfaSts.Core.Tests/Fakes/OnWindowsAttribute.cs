using Xunit.v3;

namespace MfaSts.Tests.Fakes;

/// <summary>Tests of what only Windows has. Their methods are <see cref="WindowsFactAttribute"/>s.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OnWindowsAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("System", "Windows")];
}

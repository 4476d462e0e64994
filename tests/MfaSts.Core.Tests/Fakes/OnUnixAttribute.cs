using Xunit.v3;

namespace MfaSts.Tests.Fakes;

/// <summary>
/// A test of what only Unix has, or with what only Unix has. Whoever runs the tests where a skip at run time is not to be had chooses by
/// this trait (<c>-trait- System=Unix</c>).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
internal sealed class OnUnixAttribute : Attribute, ITraitAttribute
{
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("System", "Unix")];
}

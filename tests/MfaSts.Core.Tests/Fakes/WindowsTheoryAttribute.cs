using System.Runtime.CompilerServices;

namespace MfaSts.Tests.Fakes;

/// <summary>A <see cref="WindowsFactAttribute"/> with data.</summary>
internal sealed class WindowsTheoryAttribute : TheoryAttribute
{
    public WindowsTheoryAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Explicit = !OperatingSystem.IsWindows();
}

using System.Runtime.CompilerServices;

namespace MfaSts.Tests.Fakes;

/// <summary>A test that other systems do not run: there it is not skipped either, since nothing is missing.</summary>
internal sealed class WindowsFactAttribute : FactAttribute
{
    public WindowsFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Explicit = !OperatingSystem.IsWindows();
}

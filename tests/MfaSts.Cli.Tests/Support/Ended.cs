namespace MfaSts.Cli.Tests.Support;

/// <summary>How a run ended, and what it wrote: standard output to the byte.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error)
{
    internal void Gave(string output, string error = "") => Assert.Equal(new Ended(ExitCodes.Success, output, error), this);

    /// <summary>It failed with nothing on standard output.</summary>
    internal void Failed(int exitCode) => Assert.Equal((exitCode, string.Empty), (ExitCode, Output));
}

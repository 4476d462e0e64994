namespace MfaSts.PowerShell.Tests;

/// <summary>What Pester says of one file, as RunPester.ps1 writes it.</summary>
internal sealed record PesterOutcome
{
    public int Passed { get; init; }

    public int Failed { get; init; }

    public int Skipped { get; init; }

    /// <summary>The name and message of each failing test, block or file.</summary>
    public IReadOnlyList<string> Failures { get; init; } = [];

    /// <summary>The name of each skipped test with what is missing.</summary>
    public IReadOnlyList<string> SkipReasons { get; init; } = [];

    /// <summary>Leaves one line for .ci/run, which adds the columns up: passed, failed, skipped.</summary>
    internal Task CountAsync(string name, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Places.ResultFolder);
        string line = FormattableString.Invariant($"{Passed} {Failed} {Skipped}\n");
        return File.WriteAllTextAsync(Path.Combine(Places.ResultFolder, name + ".count"), line, cancellationToken);
    }
}

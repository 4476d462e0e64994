using System.Text.RegularExpressions;

namespace MfaSts.Help.Tests.Guide;

/// <summary>What the page about security and the workflow lean on is there.</summary>
public sealed partial class ProofTests
{
    private static readonly string[] Chapters = ["faults", "fuzz", "load", "sts", "leaks"];

    [Fact]
    public void Each_promise_names_proofs_that_there_are()
    {
        var rows = Repository.Page("docs/security.md").Rows.ToList();

        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.NotEmpty(row[1]));
        Assert.All(rows.SelectMany(row => row[1]), proof => Assert.True(IsThere(proof), proof));
    }

    [Fact]
    public void Each_step_of_the_workflow_is_a_command_that_a_person_is_told_to_type()
    {
        string told = Repository.Page("README.md").Text + Repository.Page("CONTRIBUTING.md").Text;
        var steps =
            Step().Matches(File.ReadAllText(Repository.At(".github/workflows/build.yml"))).Select(match => match.Groups[1].Value).ToList();

        Assert.NotEmpty(steps);
        Assert.All(steps, step => Assert.Contains(step, told, StringComparison.Ordinal));
    }

    // A chapter of the proof, a Pester file with or without a test, or a class with or without one.
    private static bool IsThere(string proof)
    {
        string[] parts = proof.Split(": ", 2);
        if (Chapters.Contains(proof) || parts[0].EndsWith(".ps1", StringComparison.Ordinal))
        {
            return Chapters.Contains(proof) || Source(parts[0]) is { } script
                && (parts.Length == 1 || script.Contains(parts[1].Replace("'", "''", StringComparison.Ordinal), StringComparison.Ordinal));
        }

        parts = proof.Split('.');
        return Source(parts[0] + ".cs") is { } source && (parts.Length == 1 || source.Contains($" {parts[1]}(", StringComparison.Ordinal));
    }

    private static string? Source(string file) => Repository.Files("tests", file).Select(File.ReadAllText).SingleOrDefault();

    [GeneratedRegex("(?m)^ +- run: (.+)$")]
    private static partial Regex Step();
}

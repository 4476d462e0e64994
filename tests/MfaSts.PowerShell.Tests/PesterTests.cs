using MfaSts.Pwsh;

namespace MfaSts.PowerShell.Tests;

/// <summary>Runs each Pester file in a pwsh of its own, on the staged module.</summary>
[TestCaseOrderer(typeof(LongestFirst))]
public sealed class PesterTests(PesterRuns runs) : IClassFixture<PesterRuns>
{
    public static IEnumerable<TheoryDataRow<string>> Files => Directory
        .EnumerateFiles(Places.PesterFolder, "*" + PesterRun.Ending)
        .Select(path => Path.GetFileName(path)[..^PesterRun.Ending.Length])
        .Order(StringComparer.Ordinal)
        .Select(name => new TheoryDataRow<string>(name).WithTrait(LongestFirst.Trait, name));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Pester_file_passes(string name)
    {
        Assert.SkipWhen(PinnedPwsh.Lack is not null, PinnedPwsh.Lack ?? string.Empty);
        var outcome = await runs.OutcomeOf(name).WaitAsync(TestContext.Current.CancellationToken);
        await outcome.CountAsync(name, TestContext.Current.CancellationToken);
        foreach (string reason in outcome.SkipReasons)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(reason);
        }

        Assert.True(outcome.Failures.Count == 0, string.Join("\n\n", outcome.Failures));
        Assert.NotEqual(0, outcome.Passed + outcome.Skipped);
    }
}

using MfaSts.Pwsh;

namespace MfaSts.PowerShell.Tests;

/// <summary>Runs each Pester file in a pwsh of its own, on the staged module.</summary>
public sealed class PesterTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private const string Ending = ".Tests.ps1";

    public static IEnumerable<TheoryDataRow<string>> Files => Directory
        .EnumerateFiles(Places.PesterFolder, "*" + Ending)
        .Select(path => Path.GetFileName(path)[..^Ending.Length])
        .Order(StringComparer.Ordinal)
        .Select(name => new TheoryDataRow<string>(name).WithTrait("File", name));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Pester_file_passes(string name)
    {
        Directory.CreateDirectory(Places.ResultFolder);
        Assert.SkipWhen(PinnedPwsh.Lack is not null, PinnedPwsh.Lack ?? string.Empty);
        var outcome = await PesterRun.RunAsync(
            Path.Combine(Places.PesterFolder, name + Ending), sandbox.Endpoint, TestContext.Current.CancellationToken);
        // One line, so that the CI run can add the columns up: passed, failed, skipped.
        await File.WriteAllTextAsync(
            Path.Combine(Places.ResultFolder, name + ".count"),
            FormattableString.Invariant($"{outcome.Passed} {outcome.Failed} {outcome.Skipped}\n"),
            TestContext.Current.CancellationToken);
        foreach (string reason in outcome.SkipReasons)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(reason);
        }

        Assert.True(outcome.Failures.Count == 0, string.Join("\n\n", outcome.Failures));
        Assert.NotEqual(0, outcome.Passed + outcome.Skipped);
    }
}

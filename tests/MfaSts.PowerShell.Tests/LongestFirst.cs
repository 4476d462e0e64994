using Xunit.Sdk;
using Xunit.v3;

namespace MfaSts.PowerShell.Tests;

/// <summary>The Pester files that take longest are started first, so that no lane is left with one of them alone.</summary>
public sealed class LongestFirst : ITestCaseOrderer
{
    /// <summary>The trait that names a row's file: <c>-trait File=Errors</c> runs that one.</summary>
    public const string Trait = "File";

    private static readonly string[] Long =
        ["RenewalPrompt", "Help", "Guide", "Prompt", "Renewal", "Migration", "Precompiled", "Progress", "Pictures"];

    /// <summary>The files of this run, in order. Only an orderer is told which rows a filter has left.</summary>
    internal static IReadOnlyList<string> Files { get; private set; } = [];

    public IReadOnlyCollection<TTestCase> OrderTestCases<TTestCase>(IReadOnlyCollection<TTestCase> testCases)
        where TTestCase : ITestCase
    {
        TTestCase[] ordered = [.. testCases.OrderBy(testCase => (uint)Array.IndexOf(Long, FileOf(testCase)))];
        Files = [.. ordered.Select(testCase => FileOf(testCase)).OfType<string>()];
        return ordered;
    }

    private static string? FileOf(ITestCase testCase) => testCase.Traits.TryGetValue(Trait, out var files) ? files.FirstOrDefault() : null;
}

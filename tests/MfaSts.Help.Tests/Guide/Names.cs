using System.Text.RegularExpressions;

namespace MfaSts.Help.Tests.Guide;

/// <summary>The names that the sources have, read where they are written.</summary>
internal static partial class Names
{
    // PowerShell's about_CommonParameters.
    private static readonly string[] CommonParameters =
    [
        "-Debug", "-ErrorAction", "-ErrorVariable", "-InformationAction", "-InformationVariable", "-OutBuffer", "-OutVariable",
        "-PipelineVariable",
        "-ProgressAction", "-Verbose", "-WarningAction", "-WarningVariable", "-Online",
    ];

    /// <summary>The cmdlets that the manifest exports.</summary>
    internal static IReadOnlyList<string> Cmdlets { get; } = All(Cmdlet(), File.ReadAllText(Repository.At("MfaSts.psd1")));

    /// <summary>
    /// The parameters with their aliases, the tasks' of build.ps1, and PowerShell's own. That the help has all of a cmdlet's, a Pester test
    /// sees to.
    /// </summary>
    internal static IReadOnlyList<string> Parameters { get; } =
    [
        .. CommonParameters,
        .. Repository.Pages.SelectMany(page => All(Heading(), page.Text)),
        .. All(Alias(), Repository.ProductSource).SelectMany(names => names.Split('"', ',', ' ')).Where(name => name.Length > 0)
            .Select(name => '-' + name),
        .. All(ScriptParameter(), File.ReadAllText(Repository.At("build.ps1"))).Select(name => '-' + name),
    ];

    /// <summary>The identifiers of all errors.</summary>
    internal static IReadOnlyList<string> Errors { get; } =
        All(Member(), File.ReadAllText(Repository.At("src/MfaSts.Core/Errors/MfaErrorId.cs")));

    /// <summary>The environment variables of AWS and of MfaSts that the product looks at or sets.</summary>
    internal static IReadOnlyList<string> Variables { get; } = All(Variable(), Repository.ProductSource);

    /// <summary>The keys of the AWS files that Core reads or writes.</summary>
    internal static IReadOnlyList<string> Keys { get; } = All(Key(), Repository.ProductSource);

    /// <summary>The commands of mfasts.</summary>
    internal static IReadOnlyList<string> Commands { get; } = All(Command(), Repository.ProductSource);

    /// <summary>The options of mfasts.</summary>
    internal static IReadOnlyList<string> Options { get; } = All(Option(), Repository.ProductSource);

    private static List<string> All(Regex form, string text) => [.. form.Matches(text).Select(match => match.Groups[1].Value).Distinct()];

    [GeneratedRegex("'([A-Z][a-z]+-Mfa[A-Za-z]+)'")]
    private static partial Regex Cmdlet();

    [GeneratedRegex("(?m)^### (-[A-Z][A-Za-z]+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[Alias\((.+)\)\]")]
    private static partial Regex Alias();

    [GeneratedRegex(@"(?m)^    \[[a-z\[\]]+\] \$([A-Z][A-Za-z]+)")]
    private static partial Regex ScriptParameter();

    [GeneratedRegex(@"(?m)^    ([A-Z][A-Za-z]+),")]
    private static partial Regex Member();

    [GeneratedRegex(@"""((?:AWS|MFA|MFASTS|XDG)_[A-Z][A-Z_]*[A-Z])""")]
    private static partial Regex Variable();

    [GeneratedRegex(@"""([a-z]+(?:_[a-z]+)+)""")]
    private static partial Regex Key();

    [GeneratedRegex(@": base\(\s*""([a-z-]+)""")]
    private static partial Regex Command();

    [GeneratedRegex(@"""(--[a-z][a-z-]+)""")]
    private static partial Regex Option();
}

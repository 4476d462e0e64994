using System.Text.RegularExpressions;
using MfaSts.Conformance.Tests.Support;

namespace MfaSts.Conformance.Tests.Architecture;

/// <summary>The module as the build leaves it, and as it is published.</summary>
public sealed partial class StagedModuleTests
{
    // A second Core beside the SDK would be a stranger to the first; PowerShell brings its own engine.
    private static readonly string[] Files =
    [
        "CHANGELOG.md",
        "LICENSE",
        "MfaSts.format.ps1xml",
        "MfaSts.psd1",
        "MfaSts.types.ps1xml",
        "README.md",
        "bin/MfaSts.Core.dll",
        "bin/MfaSts.PowerShell.dll",
        "bin/private/AWSSDK.Core.dll",
        "bin/private/AWSSDK.SecurityToken.dll",
        "bin/private/MfaSts.Aws.dll",
        "bin/private/MfaSts.Stores.dll",
        "bin/private/Tmds.DBus.Protocol.dll",
        "en-US/MfaSts.PowerShell.dll-Help.xml",
        "en-US/about_MfaSts.help.txt",
        "icon.png",
    ];

    private static readonly string Manifest = File.ReadAllText(Path.Combine(Repository.Module, "MfaSts.psd1"));

    [Fact]
    public void Module_holds_exactly_what_it_needs() => Assert.Equal(
        Files,
        Directory.EnumerateFiles(Repository.Module, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Module, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal));

    [Fact]
    public void Manifest_exports_the_cmdlet_classes()
    {
        string list = CmdletList().Match(Manifest).Groups["names"].Value;

        Assert.Equal(
            BuiltAssembly.Read(Path.Combine(Repository.Module, "bin", "MfaSts.PowerShell.dll")).Cmdlets.Order(StringComparer.Ordinal),
            QuotedText().Matches(list).Select(match => match.Groups["text"].Value));
    }

    [Theory]
    [InlineData("bin/MfaSts.Core.dll")]
    [InlineData("bin/MfaSts.PowerShell.dll")]
    [InlineData("bin/private/MfaSts.Aws.dll")]
    [InlineData("bin/private/MfaSts.Stores.dll")]
    public void Assembly_has_the_version_of_the_manifest(string file)
    {
        string version = ModuleVersion().Match(Manifest).Groups["version"].Value;
        var assembly = BuiltAssembly.Read(Path.Combine(Repository.Module, file));

        Assert.Equal(Version.Parse(version + ".0"), assembly.Version);
        Assert.Equal(version, assembly.InformationalVersion);
    }

    [GeneratedRegex(@"CmdletsToExport\s*=\s*@\((?<names>[^)]*)\)")]
    private static partial Regex CmdletList();

    [GeneratedRegex("'(?<text>[^']*)'")]
    private static partial Regex QuotedText();

    [GeneratedRegex(@"ModuleVersion\s*=\s*'(?<version>[^']+)'")]
    private static partial Regex ModuleVersion();
}

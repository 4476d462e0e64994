using System.Text.RegularExpressions;
using MfaSts.Conformance.Tests.Support;

namespace MfaSts.Conformance.Tests.Architecture;

/// <summary>What differs by system has one home in the core, and one in the program.</summary>
public partial class PlatformTests
{
    [Theory]
    [InlineData("src/MfaSts.Core", "Platform", "Loopback SignIn")]
    [InlineData("src/MfaSts.Cli", "Terminal", "Endpoint Program.cs")]
    public void Sources_OutsideThePlatformsFolder_AskForNoSystem(string project, string folder, string notYet)
    {
        string root = Path.Combine(Repository.Root, project);
        string[] files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories);
        bool IsElsewhere(string file) => Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[0] is var first
            && first is not ("bin" or "obj") && first != folder && !notYet.Split(' ').Contains(first);

        Assert.Contains(files, file => !IsElsewhere(file) && AsksForSystem().IsMatch(File.ReadAllText(file)));
        Assert.All(files.Where(IsElsewhere), file => Assert.False(AsksForSystem().IsMatch(File.ReadAllText(file)), file));
    }

    [GeneratedRegex(@"\bOperatingSystem\.Is|\bIsOSPlatform\b|\bOSVersion\b")]
    private static partial Regex AsksForSystem();
}

using System.Reflection;

namespace MfaSts.Help.Tests.Guide;

/// <summary>The repository's pages and sources.</summary>
internal static class Repository
{
    /// <summary>The address of its main branch on the web, for pages and for raw files.</summary>
    internal static readonly string[] Addresses =
        ["https://github.com/mfasts/mfasts/blob/main/", "https://raw.githubusercontent.com/mfasts/mfasts/main/"];

    /// <summary>The folder with MfaSts.sln.</summary>
    internal static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>The front page, CONTRIBUTING, the guide, and the pages of the help.</summary>
    internal static IReadOnlyList<GuidePage> Pages { get; } =
    [
        new(At("README.md")),
        new(At("CONTRIBUTING.md")),
        .. Folder("docs"),
        .. Folder("src/MfaSts.PowerShell/Help"),
    ];

    /// <summary>The pages of the guide alone.</summary>
    internal static IEnumerable<GuidePage> Guide => Pages.Where(page => page.Name.StartsWith("docs/", StringComparison.Ordinal));

    /// <summary>The C# and the scripts of the product, the sandbox not among them.</summary>
    internal static string ProductSource { get; } = Source("src/MfaSts.Core", "src/MfaSts.Aws", "src/MfaSts.PowerShell", "src/MfaSts.Cli");

    /// <summary>The C# and the scripts of everything.</summary>
    internal static string AllSource { get; } =
        Source("src", "tests") + File.ReadAllText(At("build.ps1")) + File.ReadAllText(At("MfaSts.psd1"));

    internal static GuidePage Page(string name) => Pages.Single(page => page.Name == name);

    internal static string At(string name) => Path.Combine(Root, name.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The files that are not what a build leaves.</summary>
    internal static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(At(folder), pattern, SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"));

    private static IEnumerable<GuidePage> Folder(string name) =>
        Files(name, "*.md").Order(StringComparer.Ordinal).Select(path => new GuidePage(path));

    // The tests of the guide name what does not exist, too.
    private static string Source(params string[] folders) => string.Concat(folders
        .SelectMany(folder => Files(folder, "*.cs").Concat(Files(folder, "*.ps1")))
        .Where(path => !path.Contains("MfaSts.Help.Tests", StringComparison.Ordinal))
        .Select(File.ReadAllText));
}

using MfaSts.Help.Model;
using MfaSts.Help.Reading;
using MfaSts.Help.Writing;

namespace MfaSts.Help;

/// <summary>The help of one module: Markdown pages in platyPS's schema become what Get-Help reads.</summary>
internal static class HelpFolder
{
    private const string TopicPrefix = "about_";

    /// <summary>Writes the MAML file that the pages of the cmdlets name, and a text file for each about_ topic.</summary>
    /// <param name="source">The folder of the Markdown.</param>
    /// <param name="target">The folder for the help: the module's <c>en-US</c>.</param>
    /// <exception cref="HelpFormatException">A page is not of the schema.</exception>
    internal static void Convert(string source, string target)
    {
        Directory.CreateDirectory(target);
        var commands = new List<CommandHelp>();
        foreach (string path in Directory.EnumerateFiles(source, "*.md").Order(StringComparer.Ordinal))
        {
            var page = HelpPage.Read(path);
            if (page.Title.StartsWith(TopicPrefix, StringComparison.Ordinal))
            {
                File.WriteAllText(Path.Combine(target, page.Title + ".help.txt"), TopicWriter.Write(page));
            }
            else
            {
                commands.Add(CommandReader.Read(page));
            }
        }

        foreach (var file in commands.GroupBy(command => command.HelpFile))
        {
            MamlWriter.Write(file).Save(Path.Combine(target, file.Key));
        }
    }
}

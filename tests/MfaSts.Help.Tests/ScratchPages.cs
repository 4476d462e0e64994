using System.Xml.Linq;

namespace MfaSts.Help.Tests;

/// <summary>A folder of pages, and what becomes of them.</summary>
internal sealed class ScratchPages : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mfasts-help-").FullName;

    /// <summary>A page of a cmdlet with one parameter, as it should be.</summary>
    internal const string Good = """
        ---
        external help file: Some.dll-Help.xml
        HelpUri: https://example.com/Get-Some.md
        title: Get-Some
        ---

        # Get-Some

        ## SYNOPSIS

        Gets some.

        ## SYNTAX

        ### All (Default)

        ```text
        Get-Some [-Name <string>] [<CommonParameters>]
        ```

        ## DESCRIPTION

        Gets **some** of `it`,
        and [more](https://example.com/more).

        - one
        - two

        ## EXAMPLES

        ### Example 1: Get some

        ```powershell
        Get-Some
        ```

        ```Output
        some
          more
        ```

        That is some.

        ## PARAMETERS

        ### -Name

        Its name.

        ```yaml
        Type: System.Nullable`1[System.TimeSpan]
        DefaultValue: None
        SupportsWildcards: true
        Aliases:
        - N
        ParameterSets:
        - Name: All
          Position: Named
          IsRequired: false
          ValueFromPipeline: true
          ValueFromPipelineByPropertyName: true
          ValueFromRemainingArguments: false
        DontShow: false
        AcceptedValues: []
        HelpMessage: ''
        ```

        ## INPUTS

        ### None

        Nothing.

        ## OUTPUTS

        ### System.String

        Some.

        ## NOTES

        Nothing is written.

        ## RELATED LINKS

        - [Get-Some](Get-Some.md)
        """;

    internal string Target => Path.Combine(_folder, "en-US");

    internal string Add(string name, string text)
    {
        string path = Path.Combine(_folder, name + ".md");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The MAML of one page.</summary>
    internal XElement Maml(string text)
    {
        Add("Get-Some", text);
        HelpFolder.Convert(_folder, Target);
        return XDocument.Load(Path.Combine(Target, "Some.dll-Help.xml")).Root!;
    }

    /// <summary>The text of a topic.</summary>
    internal string Topic(string text)
    {
        Add("about_Some", text);
        HelpFolder.Convert(_folder, Target);
        return File.ReadAllText(Path.Combine(Target, "about_Some.help.txt"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

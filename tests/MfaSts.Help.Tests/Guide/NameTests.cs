using System.Text.RegularExpressions;

namespace MfaSts.Help.Tests.Guide;

/// <summary>Every name in the pages is one that there is.</summary>
public sealed partial class NameTests
{
    // Of other programs.
    private static readonly string[] ForeignParameters = ["-EnumsAsStrings", "-NonInteractive", "-Parallel", "-StoreAs"];
    private static readonly string[] ForeignKeys =
        ["access_key", "assume_role", "configure_iam", "enable_mfa", "init_sts_session", "rotate_my_key", "id_tokens",
            "access_key_id", "http_proxy", "https_proxy"];
    private static readonly string[] ForeignNames = ["AssemblyLoadContext", "PSReadLine", "TimeProvider"];
    private static readonly string[] ForeignOptions = ["--env-file", "--profile", "--user", "--help", "--version"];

    public static TheoryData<string> Pages => [.. Repository.Pages.Select(page => page.Name)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Cmdlet_that_is_named_is_exported(string name) =>
        Assert.All(Matches(Cmdlet(), Repository.Page(name).Text), cmdlet => Assert.Contains(cmdlet, Names.Cmdlets));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Variable_that_is_named_is_read(string name) => Assert.All(
        Matches(Variable(), Repository.Page(name).Text),
        variable => Assert.Contains(variable, Repository.AllSource, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Key_that_is_named_is_read(string name) => Assert.All(
        Code(name, Key()).Except(ForeignKeys),
        key => Assert.Contains($"\"{key}\"", Repository.ProductSource, StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Error_or_type_that_is_named_is_in_the_code(string name) => Assert.All(
        Code(name, Type()).Except(ForeignNames),
        type => Assert.Matches($@"\b{type}\b", Repository.AllSource));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Parameter_that_is_named_is_a_cmdlets(string name) => Assert.All(
        Code(name, Parameter()).Select(FirstWord).Except(ForeignParameters),
        parameter => Assert.Contains(parameter, Names.Parameters));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Option_that_is_named_is_the_programs(string name)
    {
        // On the page about other tools, the first column is theirs.
        var page = Repository.Page(name);
        var code = name == "docs/migration-options.md" ? page.Rows.SelectMany(row => row[2]) : page.Code;

        Assert.All(
            code.Where(text => Option().IsMatch(text)).Select(FirstWord).Except(ForeignOptions),
            option => Assert.Contains(option, Names.Options));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void File_that_is_named_is_there(string name) => Assert.All(
        Code(name, RepositoryFile()),
        file => Assert.True(Path.Exists(Repository.At(file)), $"{name}: {file}"));

    private static IEnumerable<string> Code(string page, Regex form) =>
        Repository.Page(page).Code.Where(text => form.IsMatch(text)).Distinct();

    private static IEnumerable<string> Matches(Regex form, string text) => form.Matches(text).Select(match => match.Value).Distinct();

    private static string FirstWord(string text) => text.Split(' ', ':')[0];

    [GeneratedRegex(@"\b[A-Z][a-z]+-Mfa[A-Za-z]+")]
    private static partial Regex Cmdlet();

    [GeneratedRegex(@"\b(AWS|MFA|MFASTS|XDG)_[A-Z][A-Z_]*[A-Z]\b")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^[a-z]+(_[a-z]+)+$")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[A-Z][a-z]+([A-Z][a-z]+)+$")]
    private static partial Regex Type();

    [GeneratedRegex(@"^-[A-Z]\w+")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^--[a-z][a-z-]+")]
    private static partial Regex Option();

    [GeneratedRegex(@"^(\./)?(src|tests|docs|\.github|\.ci)/[\w./-]+$")]
    private static partial Regex RepositoryFile();
}

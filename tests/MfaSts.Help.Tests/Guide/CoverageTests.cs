namespace MfaSts.Help.Tests.Guide;

/// <summary>Everything that a user can name is documented.</summary>
public sealed class CoverageTests
{
    // Only hidden from the AWS SDK while it starts, and a mark by which a command that starts itself is known.
    private static readonly string[] InnerVariables = ["AWS_CSM_ENABLED", "MFASTS_MFA_PROCESS"];

    // Not keys of a file: names of proxy variables, and a field of mfasts read.
    private static readonly string[] InnerKeys = ["all_proxy", "no_proxy", "account_id"];

    private static readonly string Text = string.Concat(Repository.Guide.Select(page => page.Text));

    [Fact]
    public void Cmdlet_is_in_the_guide() => AssertDocumented(Names.Cmdlets);

    [Fact]
    public void Environment_variable_is_in_the_guide() => AssertDocumented(Names.Variables.Except(InnerVariables));

    [Fact]
    public void Key_of_the_files_is_in_the_guide() => AssertDocumented(
        Names.Keys.Except(InnerKeys).Where(key => !key.StartsWith("posix_spawn", StringComparison.Ordinal)));

    [Fact]
    public void Error_is_in_the_table_of_errors_once()
    {
        var told =
            Repository.Page("docs/troubleshooting.md").Rows.SelectMany(row => row[0]).Where(Names.Errors.Contains)
                .Order(StringComparer.Ordinal);

        Assert.NotEmpty(Names.Errors);
        Assert.Equal(Names.Errors.Order(StringComparer.Ordinal), told);
    }

    [Fact]
    public void Command_of_the_program_is_on_its_page()
    {
        string page = Repository.Page("docs/mfasts.md").Text;

        Assert.NotEmpty(Names.Commands);
        Assert.All(Names.Commands, command => Assert.Contains($"mfasts {command}", page, StringComparison.Ordinal));
    }

    private static void AssertDocumented(IEnumerable<string> names)
    {
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.Matches($@"\b{name}\b", Text));
    }
}

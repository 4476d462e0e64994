using MfaSts.Errors;

namespace MfaSts.Cli.Tests;

public sealed class MessagesTests
{
    [Fact]
    public void Quiet_keeps_failures()
    {
        using var error = new StringWriter();
        var messages = new Messages(error, isQuiet: true, isVerbose: false);

        messages.Say("said");
        messages.Warn("warned");
        messages.Detail("detail");
        messages.Fail(MfaErrors.TokenCodeMalformed("prod", digits: 5).Error);

        Assert.Equal(
            "mfasts: The MFA code given for profile 'prod' is not six digits: it has 5 digits. Nothing was sent.\n"
            + "Give the six digits that the device shows. A code that begins with 0 needs quotes: --token-code '012345'.\n",
            error.ToString());
    }

    [Theory]
    [InlineData("Store it again with: Set-MfaLongTermCredential -Profile prod -Force", "Store it again with: mfasts init prod --force")]
    [InlineData("Get a new one with: Get-MfaSessionToken -Profile a -Force", "Get a new one with: mfasts login a --force")]
    [InlineData("Choose another region with -Region us-east-1, or ask.", "Choose another region with --region us-east-1, or ask.")]
    [InlineData("Keep it in another store: -Store File, for one.", "Keep it in another store: --store File, for one.")]
    [InlineData(
        "Move them with: Register-MfaCredentialProcess -Profile prod -Force",
        "Move them with: Register-MfaCredentialProcess -Profile prod -Force")]
    public void Remedies_name_the_programs_commands_and_options_where_it_has_them(string remedy, string expected) =>
        Assert.Equal(expected, Remedies.ForProgram(remedy));

    [Fact]
    public void Details_are_told_only_when_wanted()
    {
        using var error = new StringWriter();

        new Messages(error, isQuiet: false, isVerbose: false).Detail("one");
        new Messages(error, isQuiet: false, isVerbose: true).Detail("two");

        Assert.Equal("two\n", error.ToString());
    }

    [Fact]
    public void What_is_said_cannot_control_the_terminal()
    {
        using var error = new StringWriter();

        new Messages(error, isQuiet: false, isVerbose: true).Say("a\u001b[2Jb");

        Assert.DoesNotContain('\u001b', error.ToString());
    }
}

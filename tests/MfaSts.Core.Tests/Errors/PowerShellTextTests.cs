using MfaSts.Errors;

namespace MfaSts.Tests.Errors;

public class PowerShellTextTests
{
    [Theory]
    [InlineData("prod", "prod")]
    [InlineData("team/prod:eu.west_1+x-y", "team/prod:eu.west_1+x-y")]
    [InlineData("@prod", "'@prod'")]
    [InlineData("-prod", "'-prod'")]
    [InlineData("it is", "'it is'")]
    [InlineData("x;y", "'x;y'")]
    [InlineData("$x", "'$x'")]
    [InlineData("it's", "'it''s'")]
    [InlineData("a\u2019b", "'a\u2019\u2019b'")]
    public void Quote_Value_IsOneArgument(string value, string expected) => Assert.Equal(expected, PowerShellText.Quote(value));

    [Theory]
    [InlineData("/home/me/.aws/credentials", "'/home/me/.aws/credentials'")]
    [InlineData("/home/$me", "'/home/$me'")]
    [InlineData("/home/o'neil", "\"/home/o'neil\"")]
    [InlineData("/home/o'$x", "'/home/o'\\''$x'")]
    public void QuotePath_Path_IsOneArgument(string path, string expected) => Assert.Equal(expected, PowerShellText.QuotePath(path));

    [Fact]
    public void Remedy_NameThatPowerShellWouldTakeApart_IsQuoted()
    {
        Assert.EndsWith(" -Profile '@prod'", MfaErrors.SessionNotFound("@prod", "/x").Error.Remedy, StringComparison.Ordinal);
        Assert.EndsWith(" -Profile 'x;y' -Force", MfaErrors.ProfileHasLongTermKeys("x;y", "/x").Error.Remedy, StringComparison.Ordinal);
    }
}

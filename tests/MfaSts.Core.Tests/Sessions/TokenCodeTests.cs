using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.Tests.Sessions;

public class TokenCodeTests
{
    [Theory]
    [InlineData("123456", "123456")]
    [InlineData("012345", "012345")]
    [InlineData(" 123 456 ", "123456")]
    public void Require_SixDigits_AreTaken(string code, string digits) => Assert.Equal(digits, TokenCode.Require("p", code));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    [InlineData("12345\n6")]
    [InlineData("\u0661\u0662\u0663\u0664\u0665\u0666")]
    public void Require_Otherwise_IsRefusedWithoutTellingTheCode(string? code)
    {
        var error = Assert.Throws<MfaException>(() => TokenCode.Require("p", code)).Error;

        Assert.Equal(MfaErrorId.TokenCodeMalformed, error.Id);
        Assert.True(string.IsNullOrEmpty(code) || !error.Message.Contains(code, StringComparison.Ordinal));
    }
}

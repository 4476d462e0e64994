using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.Tests.Sessions;

public class TokenCodeTests
{
    [Theory]
    [InlineData("123456", "123456")]
    [InlineData("012345", "012345")]
    [InlineData(" 123 456 ", "123456")]
    [InlineData("123456\n", "123456")]
    [InlineData("123456\r\n", "123456")]
    [InlineData("123456\t", "123456")]
    [InlineData("\n123456", "123456")]
    [InlineData("123\u00a0456", "123456")]
    [InlineData("123\u202f456", "123456")]
    [InlineData("123\u2009456", "123456")]
    [InlineData("123-456", "123456")]
    [InlineData("123\u2011456", "123456")]
    [InlineData("123\u2013456", "123456")]
    [InlineData("123\u2212456", "123456")]
    [InlineData("\ufeff123456", "123456")]
    [InlineData("\u200e123\u200b456\u2060", "123456")]
    [InlineData("1\02\03\04\05\06\0", "123456")]
    [InlineData("\uff11\uff12\uff13\uff14\uff15\uff16", "123456")]
    [InlineData("\u0661\u0662\u0663\u0664\u0665\u0666", "123456")]
    public void Require_SixDigits_AreTaken(string code, string digits) => Assert.Equal(digits, TokenCode.Require("p", code));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("12345")]
    [InlineData("1234567")]
    [InlineData("12345a")]
    [InlineData("12345\n")]
    [InlineData("12345\n67")]
    [InlineData("123.456")]
    [InlineData("\u00b9\u00b2\u00b3456")]
    [InlineData("123456\ud83d\ude00")]
    [InlineData("System.Security.SecureString")]
    public void Require_Otherwise_IsRefusedWithoutTellingTheCode(string? code)
    {
        var error = Assert.Throws<MfaException>(() => TokenCode.Require("p", code)).Error;

        Assert.Equal(MfaErrorId.TokenCodeMalformed, error.Id);
        Assert.True(string.IsNullOrEmpty(code) || !error.Message.Contains(code, StringComparison.Ordinal));
    }
}

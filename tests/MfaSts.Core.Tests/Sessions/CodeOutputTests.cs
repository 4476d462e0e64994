using MfaSts.Sessions;

namespace MfaSts.Tests.Sessions;

public class CodeOutputTests
{
    [Theory]
    [InlineData("123456\n")]
    [InlineData("123 456\n")]
    [InlineData("123-456\r\n")]
    [InlineData("\n\n123456")]
    [InlineData("\ufeff123456\r\n")]
    [InlineData("\u001b[1m123456\u001b[0m\n")]
    [InlineData("\u001b[38;5;10m123\u001b[0m \u001b[1m456\u001b[0m\n")]
    [InlineData("\u001b]0;title 999999\u0007123456\n")]
    [InlineData("Touch your key...\n123456\n")]
    [InlineData("AWS:alice  123456\n")]
    [InlineData("AWS:alice  123 456\n")]
    [InlineData("aws (123456789012): 123456\n")]
    [InlineData("123456\n123456\n")]
    [InlineData("code\uff1a\uff11\uff12\uff13\uff14\uff15\uff16")]
    [InlineData("slot 1 of 2\nOTP=123456;\n")]
    public void Read_OneRunOfSixDigits_IsTheCode(string output) => Assert.Equal("123456", CodeOutput.Read(output).Code);

    [Theory]
    [InlineData("", "it printed nothing")]
    [InlineData(" \n\t\n", "it printed nothing")]
    [InlineData("topsecret", "it printed one line without a digit")]
    [InlineData("topsecret\nmore\n", "it printed 2 lines without a digit")]
    [InlineData("12345", "it printed one line without a run of six digits")]
    [InlineData("1234567", "it printed one line without a run of six digits")]
    [InlineData("123\n456 x\n", "it printed 2 lines without a run of six digits")]
    [InlineData("a 123456 b 654321", "it printed one line with 2 different runs of six digits")]
    [InlineData("account 123456789012", "it printed one line without a run of six digits")]
    [InlineData("call +49 123 456 789", "it printed one line without a run of six digits")]
    public void Read_Otherwise_SaysWhatThereWasAndNotTheText(string output, string why)
    {
        var (code, whyNot) = CodeOutput.Read(output);

        Assert.Null(code);
        Assert.Equal(why, whyNot);
    }
}

using MfaSts.Errors;

namespace MfaSts.Tests.Errors;

public class PrintableTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("plain é 漢 😀", "plain é 漢 😀")]
    [InlineData("a\u001b[31mb", "a\\u001b[31mb")]
    [InlineData("a\r\nb\t", "a\\u000d\\u000ab\\u0009")]
    [InlineData("a\u202eb", "a\\u202eb")]
    [InlineData("a\u200bb\ufeff", "a\\u200bb\\ufeff")]
    [InlineData("a\u2028b\u0085", "a\\u2028b\\u0085")]
    [InlineData("a\U000E0041b", "a\\U000e0041b")]
    public void Escape_UnsafeCharacters_AreShown(string? text, string shown) => Assert.Equal(shown, PrintableText.Escape(text));
}

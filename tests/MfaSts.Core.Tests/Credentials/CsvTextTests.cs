using MfaSts.Credentials;

namespace MfaSts.Tests.Credentials;

public class CsvTextTests
{
    [Theory]
    [InlineData("a,b\nc,d\n", "1:a|b 2:c|d")]
    [InlineData("a,b\r\nc,d", "1:a|b 2:c|d")]
    [InlineData("a,b\rc,d\r", "1:a|b 2:c|d")]
    [InlineData("\n\r\na\n\nb\n\n", "3:a 5:b")]
    [InlineData(",\n", "1:|")]
    [InlineData("\"a\",\"b,c\"\n", "1:a|b,c")]
    [InlineData("\"a\"\"b\",\"\"\n", "1:a\"b|")]
    [InlineData("\"x\r\ny\nz\",b\nc", "1:x\r\ny\nz|b 4:c")]
    [InlineData(" a , b \n", "1: a | b ")]
    [InlineData("", "")]
    public void Read_WellFormedText_GivesRecordsWithTheirLines(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', CsvText.Read(text).Select(record => $"{record.Line}:{string.Join('|', record.Fields)}")));

    [Theory]
    [InlineData("a\nb\"c\n", 2)]
    [InlineData("a\n\"b\"c\n", 2)]
    [InlineData("a\n\"b\n\nc", 2)]
    [InlineData("\"a\nb\"\n\"c\n\" d", 4)]
    public void Read_MalformedQuote_IsRefusedWithItsLine(string text, int line) =>
        Assert.Equal(line, Assert.Throws<CsvFormatException>(() => CsvText.Read(text)).Line);
}

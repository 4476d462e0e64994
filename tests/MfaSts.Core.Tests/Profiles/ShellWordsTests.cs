using MfaSts.Profiles;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Profiles;

public class ShellWordsTests
{
    [Theory]
    [InlineData("profile p", "profile|p")]
    [InlineData("profile \"a b\"", "profile|a b")]
    [InlineData("profile 'a \"b'", "profile|a \"b")]
    [InlineData("profile a\\ b", "profile|a b")]
    [InlineData("profile \"a\\b\\\"\"", "profile|a\\b\"")]
    [InlineData("profile ''", "profile|")]
    [InlineData("profile p\0", "profile|p\0")]
    [InlineData("", "")]
    [InlineData("it's", null)]
    [InlineData("a\\", null)]
    public void TrySplit_Samples_AreTakenApart(string text, string? words) =>
        Assert.Equal(words, ShellWords.TrySplit(text) is { } split ? string.Join('|', split) : null);

    [OnUnix]
    [Fact]
    public void TrySplit_AnyText_IsAsShlex()
    {
        var random = new Random(5);
        const string pieces = "ab  \t\"\"''\\\\é#\u00a0\n\0";
        List<string> texts =
            [.. Enumerable.Range(0, 4000).Select(
                _ => new string([.. Enumerable.Range(0, random.Next(9)).Select(_ => pieces[random.Next(pieces.Length)])]))];
        var expected = Botocore.Split(texts);

        for (int i = 0; i < texts.Count; i++)
        {
            Assert.Equal(expected[i], ShellWords.TrySplit(texts[i]));
        }
    }
}

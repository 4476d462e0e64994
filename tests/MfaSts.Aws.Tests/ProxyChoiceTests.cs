namespace MfaSts.Aws.Tests;

public sealed class ProxyChoiceTests
{
    [Theory]
    [InlineData("https://sts.example", "https_proxy=http://a:1", "http://a:1/")]
    [InlineData("https://sts.example", "HTTPS_PROXY=http://a:1", "http://a:1/")]
    [InlineData("https://sts.example", "https_proxy=http://a:1;HTTPS_PROXY=http://b:2", "http://a:1/")]
    [InlineData("https://sts.example", "https_proxy= ;HTTPS_PROXY=http://b:2", "http://b:2/")]
    [InlineData("https://sts.example", "HTTPS_PROXY=b:2", "http://b:2/")]
    [InlineData("https://sts.example", "HTTP_PROXY=http://a:1", null)]
    [InlineData("http://sts.example", "HTTPS_PROXY=http://a:1", null)]
    [InlineData("http://sts.example", "http_proxy=http://a:1", "http://a:1/")]
    [InlineData("http://sts.example", "HTTP_PROXY=http://a:1;ALL_PROXY=http://b:2", "http://a:1/")]
    [InlineData("http://sts.example", "ALL_PROXY=socks5://b:2", "socks5://b:2/")]
    [InlineData("https://sts.example", "all_proxy=http://b:2;ALL_PROXY=http://c:3", "http://b:2/")]
    [InlineData("https://sts.example", "HTTPS_PROXY=http://a:1;NO_PROXY=example", null)]
    [InlineData("https://sts.example", "HTTPS_PROXY=http://a:1;no_proxy=other;NO_PROXY=example", "http://a:1/")]
    [InlineData("https://sts.example", "HTTPS_PROXY=http://anna:secret@a:1", "http://a:1/")]
    [InlineData("http://127.0.0.1:5000", "HTTP_PROXY=http://a:1", null)]
    [InlineData("https://localhost:5000", "ALL_PROXY=http://a:1", null)]
    [InlineData("https://[::1]:5000", "ALL_PROXY=http://a:1", null)]
    public void For_VariablesAndTarget_GivesTheProxy(string target, string variables, string? expected)
    {
        var choice = Choose(target, variables);

        Assert.Equal(expected, choice.Address?.AbsoluteUri);
    }

    [Theory]
    [InlineData("https://sts.example", "", true)]
    [InlineData("https://sts.example", "HTTP_PROXY=http://a:1", true)]
    [InlineData("https://sts.example", "HTTPS_PROXY=http://a:1", false)]
    [InlineData("https://sts.example", "HTTPS_PROXY=http://a:1;NO_PROXY=*", false)]
    [InlineData("https://localhost", "", false)]
    public void For_NoVariableSpeaks_LeavesItToTheSystem(string target, string variables, bool expected) =>
        Assert.Equal(expected, Choose(target, variables).UseSystem);

    [Fact]
    public void For_UserAndPasswordInTheVariable_GivesThemDecoded()
    {
        var credential = Choose("https://sts.example", "HTTPS_PROXY=http://an%40na:p%3Ass:w@a:1").Credential;

        Assert.Equal("an@na", credential?.UserName);
        Assert.Equal("p:ss:w", credential?.Password);
    }

    [Theory]
    [InlineData("HTTPS_PROXY=http://a:1", true)]
    [InlineData("HTTPS_PROXY=https://a:1", true)]
    [InlineData("HTTPS_PROXY=socks5://a:1", false)]
    [InlineData("", false)]
    public void SpeaksHttp_SchemeOfTheProxy_TellsHowItTakesAPassword(string variables, bool expected) =>
        Assert.Equal(expected, Choose("https://sts.example", variables).SpeaksHttp);

    [Theory]
    [InlineData("https_proxy=ftp://a:1", "https_proxy")]
    [InlineData("HTTPS_PROXY=http://", "HTTPS_PROXY")]
    [InlineData("ALL_PROXY=http://a:port", "ALL_PROXY")]
    public void For_ValueIsNoAddress_NamesTheVariable(string variables, string named)
    {
        var thrown = Assert.Throws<FormatException>(() => Choose("https://sts.example", variables));

        Assert.Equal(named, thrown.Message);
    }

    private static ProxyChoice Choose(string target, string variables)
    {
        var values = variables.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return ProxyChoice.For(new Uri(target), values.GetValueOrDefault, name => new FormatException(name));
    }
}

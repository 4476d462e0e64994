namespace MfaSts.Aws.Tests;

public sealed class ProxyChoiceTests
{
    [Theory]
    [InlineData("https://sts.example", "https_proxy=http://a:1", "http://a:1/")]
    [InlineData("https://sts.example", "HTTPS_PROXY=http://a:1", "http://a:1/")]
    [InlineData("https://sts.example", "https_proxy=http://a:1;HTTPS_PROXY=http://b:2", "http://a:1/")]
    [InlineData("https://sts.example", "https_proxy= ;HTTPS_PROXY=http://b:2", "http://b:2/")]
    [InlineData("https://sts.example", "HTTPS_PROXY=b:2", "http://b:2/")]
    [InlineData("https://sts.example", "HTTPS_PROXY=//b:2", "http://b:2/")]
    [InlineData("https://sts.example", "ALL_PROXY=//b:2", "http://b:2/")]
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
    [InlineData("https_proxy=http://a:port", "https_proxy")]
    [InlineData("HTTPS_PROXY=nonsense://a:1", "HTTPS_PROXY")]
    public void For_ValueIsNoAddress_NamesTheVariable(string variables, string named)
    {
        var thrown = Assert.Throws<FormatException>(() => Choose("https://sts.example", variables));

        Assert.Equal(named, thrown.Message);
    }

    [Theory]
    [InlineData("ALL_PROXY=socks5h://b:2", "socks5://b:2/")]
    [InlineData("all_proxy=SOCKS5H://b:2/", "socks5://b:2/")]
    [InlineData("all_proxy=socks://127.0.0.1:1080/", "socks5://127.0.0.1:1080/")]
    [InlineData("ALL_PROXY=socks4a://b:2", "socks4a://b:2/")]
    [InlineData("HTTPS_PROXY=socks5h://b:2", "socks5://b:2/")]
    [InlineData("ALL_PROXY=http://a:port", null)]
    [InlineData("ALL_PROXY=direct://", null)]
    [InlineData("all_proxy=pac+http://a/proxy.pac", null)]
    [InlineData("ALL_PROXY=socks6://b:2", null)]
    public void For_WhatDesktopsSetForAllPrograms_IsUnderstoodOrPassedOver(string variables, string? expected)
    {
        var choice = Choose("https://sts.example", variables);

        Assert.Equal(expected, choice.Address?.AbsoluteUri);
        Assert.Equal(expected is null ? variables.Split('=')[0] : null, choice.PassedOver);
    }

    [Theory]
    [InlineData("http://alice:p@ss@10.0.0.1:3128", "alice", "p@ss")]
    [InlineData("http://alice@corp.example:p@s@s@10.0.0.1:3128", "alice@corp.example", "p@s@s")]
    [InlineData("alice:p@ss@10.0.0.1:3128", "alice", "p@ss")]
    [InlineData("http://CORP%5Calice:p%23ss@10.0.0.1:3128/", @"CORP\alice", "p#ss")]
    [InlineData("http://alice:p:s@10.0.0.1:3128", "alice", "p:s")]
    [InlineData("http://alice@10.0.0.1:3128", "alice", "")]
    public void For_UserAndPassword_EndAtTheLastAt(string value, string user, string password)
    {
        var choice = Choose("https://sts.example", "HTTPS_PROXY=" + value);

        Assert.Equal("http://10.0.0.1:3128/", choice.Address?.AbsoluteUri);
        Assert.Equal((user, password), (choice.Credential?.UserName, choice.Credential?.Password));
    }

    [Theory]
    [InlineData(@"http://CORP\alice:canary@10.0.0.1:3128", @"\ as %5C")]
    [InlineData("http://alice:can#ary@10.0.0.1:3128", "# as %23")]
    [InlineData("http://alice:can/ary@10.0.0.1:3128", "/ as %2F")]
    [InlineData("http://alice:ca?n#ary@10.0.0.1:3128", "# as %23 and ? as %3F")]
    public void For_ACharacterThatEndsTheHost_SaysHowToWriteItAndNotTheValue(string value, string hint)
    {
        var thrown = Assert.Throws<FormatException>(() => Choose("https://sts.example", "HTTPS_PROXY=" + value));

        Assert.Contains(hint, thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ary", thrown.Message, StringComparison.Ordinal);
    }

    private static ProxyChoice Choose(string target, string variables)
    {
        var values = variables.Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        return ProxyChoice.For(new Uri(target), values.GetValueOrDefault, (name, hint) => new FormatException(hint ?? name));
    }
}

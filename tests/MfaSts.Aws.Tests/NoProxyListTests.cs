namespace MfaSts.Aws.Tests;

public sealed class NoProxyListTests
{
    [Theory]
    [InlineData("*", "https://sts.amazonaws.com", true)]
    [InlineData("", "https://sts.amazonaws.com", false)]
    [InlineData(null, "https://sts.amazonaws.com", false)]
    [InlineData("amazonaws.com", "https://sts.amazonaws.com", true)]
    [InlineData(".amazonaws.com", "https://sts.amazonaws.com", true)]
    [InlineData("*.amazonaws.com", "https://sts.amazonaws.com", true)]
    [InlineData("AmazonAWS.com", "https://STS.amazonaws.com", true)]
    [InlineData("sts.amazonaws.com", "https://sts.amazonaws.com", true)]
    [InlineData("aws.com", "https://sts.amazonaws.com", false)]
    [InlineData("sts.amazonaws.com.evil", "https://sts.amazonaws.com", false)]
    [InlineData("one, two ,amazonaws.com", "https://sts.amazonaws.com", true)]
    [InlineData("one amazonaws.com", "https://sts.amazonaws.com", true)]
    [InlineData("amazonaws.com:443", "https://sts.amazonaws.com", true)]
    [InlineData("amazonaws.com:8443", "https://sts.amazonaws.com", false)]
    [InlineData("amazonaws.com:x", "https://sts.amazonaws.com", false)]
    [InlineData(".", "https://sts.amazonaws.com", false)]
    [InlineData("10.0.0.0/8", "https://10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "https://11.1.2.3", false)]
    [InlineData("10.1.2.3", "https://10.1.2.3", true)]
    [InlineData("10.1.2.3", "https://10.1.2.30", false)]
    [InlineData("10.1.2.3:443", "https://10.1.2.3", true)]
    [InlineData("10.1.2.3:80", "https://10.1.2.3", false)]
    [InlineData("0.1.2.3", "https://10.0.1.2", false)]
    [InlineData("fd00::/8", "https://[fd12::1]", true)]
    [InlineData("[fd12::1]:443", "https://[fd12::1]", true)]
    public void Contains_EntryAndTarget_SaysWhetherToCallDirectly(string? entries, string target, bool expected) =>
        Assert.Equal(expected, new NoProxyList(entries).Contains(new Uri(target)));
}

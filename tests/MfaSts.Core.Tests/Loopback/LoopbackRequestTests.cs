using System.Text;
using MfaSts.Loopback;

namespace MfaSts.Tests.Loopback;

public sealed class LoopbackRequestTests
{
    [Fact]
    public void Parts_are_given_as_they_were_sent()
    {
        var request = Parse("GET /a/../%70rod?x HTTP/1.1\r\nhOsT:  127.0.0.1:80\t\r\nAccept: */*\r\nAuthorization: a b\r\n\r\n")!;

        Assert.Equal(
            ("GET", "/a/../%70rod?x", "127.0.0.1:80", "a b"), (request.Method, request.Target, request.Host, request.Authorization));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHostile: a\r\n\r\n")]
    public void Host_that_is_missing_or_there_twice_is_none(string head) => Assert.Null(Parse(head)!.Host);

    [Fact]
    public void Authorization_that_is_there_twice_is_none() =>
        Assert.Null(Parse("GET / HTTP/1.1\r\nAuthorization: a\r\nAuthorization: a\r\n\r\n")!.Authorization);

    [Theory]
    [InlineData("\r\n\r\n")]
    [InlineData("GET\r\n\r\n")]
    [InlineData("GET /\r\n\r\n")]
    [InlineData("GET  / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/2\r\n\r\n")]
    [InlineData("GET / HTTP/1.1 x\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\nX: b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost : a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nword\r\n\r\n")]
    public void Head_that_readers_disagree_on_is_refused(string head) => Assert.Null(Parse(head));

    [Fact]
    public void Text_of_a_request_has_no_target() =>
        Assert.Equal("GET", Parse("GET /secret HTTP/1.1\r\nAuthorization: secret\r\n\r\n")!.ToString());

    private static LoopbackRequest? Parse(string head) => LoopbackRequest.Parse(Encoding.Latin1.GetBytes(head));
}

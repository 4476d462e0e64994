using System.Text;
using MfaSts.Sandbox.Signing;

namespace MfaSts.Sandbox.Tests.Signing;

/// <summary>The test suite that AWS published for Signature Version 4, and the worked example in its documentation.</summary>
public sealed class SigV4VectorTests
{
    internal const string Secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private const string Timestamp = "20150830T123600Z";
    private const string Unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private const string Token =
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUu"
        + "wthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQc"
        + "HNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/o"
        + "LxBA==";

    [Theory]
    [InlineData("get-vanilla", "GET / ", "", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("get-vanilla-query-order-key-case", "GET / Param2=value2&Param1=value1", "", "",
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("get-vanilla-query-order-key", "GET / Param1=value2&Param1=Value1", "", "",
        "eedbc4e291e521cf13422ffca22be7d2eb8146eecf653089df300a15b2382bd1")]
    [InlineData("get-vanilla-query-unreserved", $"GET / {Unreserved}={Unreserved}", "", "",
        "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197")]
    [InlineData("get-vanilla-utf8-query", "GET / ሴ=bar", "", "", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")]
    [InlineData("get-unreserved", $"GET /{Unreserved} ", "", "", "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f")]
    [InlineData("get-utf8", "GET /ሴ ", "", "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")]
    [InlineData("get-header-key-duplicate", "GET / ", "My-Header1:value2\nMy-Header1:value2\nMy-Header1:value1", "",
        "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea")]
    [InlineData("get-header-value-order", "GET / ", "My-Header1:value4\nMy-Header1:value1\nMy-Header1:value3\nMy-Header1:value2", "",
        "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01")]
    [InlineData("get-header-value-trim", "GET / ", "My-Header1: value1\nMy-Header2: \"a   b   c\"", "",
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736")]
    [InlineData("post-vanilla", "POST / ", "", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("post-vanilla-query", "POST / Param1=value1", "", "", "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11")]
    [InlineData("post-header-key-sort", "POST / ", "My-Header1:value1", "",
        "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c")]
    [InlineData("post-sts-header-before", "POST / ", "X-Amz-Security-Token:" + Token, "",
        "85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead")]
    [InlineData("post-x-www-form-urlencoded", "POST / ", "Content-Type:application/x-www-form-urlencoded", "Param1=value1",
        "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a")]
    [InlineData("post-x-www-form-urlencoded-parameters", "POST / ",
        "Content-Type:application/x-www-form-urlencoded; charset=utf8", "Param1=value1",
        "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe")]
    public void Vector_of_the_suite_has_its_signature(string name, string line, string headers, string body, string signature)
    {
        string[] parts = line.Split(' ');
        var all = headers.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Append("Host:example.amazonaws.com").Append("X-Amz-Date:" + Timestamp);
        var grouped = all
            .Select(header => header.Split(':', 2))
            .GroupBy(header => header[0], header => header[1])
            .Select(group => KeyValuePair.Create<string, IEnumerable<string>>(group.Key, [.. group]));
        var request = new CanonicalRequest(parts[0], parts[1], parts[2], grouped, SigV4.Hash(Encoding.UTF8.GetBytes(body)));

        string actual = SigV4.Sign(Secret, Timestamp, new CredentialScope("20150830", "us-east-1", "service"), request);

        Assert.Equal($"{name}: {signature}", $"{name}: {actual}");
    }

    [Fact]
    public void Worked_example_of_the_documentation_has_each_of_its_steps()
    {
        var request = new CanonicalRequest(
            "GET", "/", "Action=ListUsers&Version=2010-05-08",
            [
                new("content-type", ["application/x-www-form-urlencoded; charset=utf-8"]),
                new("host", ["iam.amazonaws.com"]),
                new("x-amz-date", [Timestamp]),
            ],
            SigV4.Hash([]));
        var scope = new CredentialScope("20150830", "us-east-1", "iam");

        Assert.Equal(
            "GET\n/\nAction=ListUsers&Version=2010-05-08\ncontent-type:application/x-www-form-urlencoded; charset=utf-8\n"
                + "host:iam.amazonaws.com\nx-amz-date:20150830T123600Z\n\ncontent-type;host;x-amz-date\n"
                + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            request.ToString());
        Assert.Equal(
            "AWS4-HMAC-SHA256\n20150830T123600Z\n20150830/us-east-1/iam/aws4_request\n"
                + "f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59",
            SigV4.StringToSign(Timestamp, scope, request));
        Assert.Equal("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", SigV4.Sign(Secret, Timestamp, scope, request));
    }
}

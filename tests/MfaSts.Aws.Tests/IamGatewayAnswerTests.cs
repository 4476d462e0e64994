using MfaSts.Errors;

namespace MfaSts.Aws.Tests;

public sealed class IamGatewayAnswerTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListMfaDevices_WholeAnswer_GivesThemAndTheServicesTime()
    {
        await using var endpoint = ScriptedEndpoint.Answering(
            "200 OK", IamAnswers.Devices(IamAnswers.Device() + IamAnswers.Device("GAHT12345678")), "Date: Tue, 06 May 2031 06:00:00 "
                + "GMT\r\n");

        var answer = await new AwsGateway().ListMfaDevicesAsync(Calls.To(endpoint.Url), userName: null, Stop);

        Assert.Equal([Calls.Serial, "GAHT12345678"], answer.Value.Select(device => device.SerialNumber));
        Assert.Equal(
            ("anna", new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero)), (answer.Value[0].UserName, answer.Value[0].EnableDate));
        Assert.Equal(new DateTimeOffset(2031, 5, 6, 6, 0, 0, TimeSpan.Zero), answer.ServiceTime);
    }

    [Fact]
    public async Task ListMfaDevices_NoDevice_IsAnEmptyList()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", IamAnswers.Devices(string.Empty));

        Assert.Empty((await new AwsGateway().ListMfaDevicesAsync(Calls.To(endpoint.Url), userName: null, Stop)).Value);
    }

    [Fact]
    public async Task AnyCall_Request_IsAFormSignedForIamInTheCallsRegion()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", IamAnswers.Devices(string.Empty));

        await new AwsGateway().ListMfaDevicesAsync(
            Calls.To(endpoint.Url, region: "cn-north-1", sessionToken: Calls.SessionToken), "an+na", Stop);

        string request = Assert.Single(endpoint.Requests);
        Assert.StartsWith("POST / HTTP/1.1", request, StringComparison.Ordinal);
        Assert.Contains("Action=ListMFADevices", request, StringComparison.Ordinal);
        Assert.Contains("Version=2010-05-08", request, StringComparison.Ordinal);
        Assert.Contains("UserName=an%2Bna", request, StringComparison.Ordinal);
        Assert.Contains("/cn-north-1/iam/aws4_request", request, StringComparison.Ordinal);
        Assert.Contains($"x-amz-security-token: {Calls.SessionToken}", request, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("app/MfaSts", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListMfaDevices_WithoutAName_SendsNone()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", IamAnswers.Devices(string.Empty));

        await new AwsGateway().ListMfaDevicesAsync(Calls.To(new Uri(endpoint.Url, "/deep/iam")), userName: null, Stop);

        Assert.DoesNotContain("UserName", Assert.Single(endpoint.Requests), StringComparison.Ordinal);
        Assert.StartsWith("POST /deep/iam", endpoint.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListMfaDevices_SeveralPages_AreFetchedToTheLast()
    {
        await using var endpoint = new ScriptedEndpoint(c => c.AnswerAsync("200 OK", c.Request switch
        {
            var r when r.Contains("Marker=two%2F", StringComparison.Ordinal) => IamAnswers.Devices(IamAnswers.Device("GAHT00000003")),
            var r when r.Contains("Marker=one", StringComparison.Ordinal) =>
                IamAnswers.Devices(IamAnswers.Device("GAHT00000002"), "<IsTruncated>true</IsTruncated><Marker>two/</Marker>"),
            _ => IamAnswers.Devices(IamAnswers.Device("GAHT00000001"), "<IsTruncated>true</IsTruncated><Marker>one</Marker>"),
        }));

        var answer = await new AwsGateway().ListMfaDevicesAsync(Calls.To(endpoint.Url), "anna", Stop);

        Assert.Equal(["GAHT00000001", "GAHT00000002", "GAHT00000003"], answer.Value.Select(device => device.SerialNumber));
        Assert.Equal(3, endpoint.Requests.Count);
        Assert.All(endpoint.Requests, request => Assert.Contains("UserName=anna", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ListMfaDevices_PagesWithoutEnd_AreGivenUp()
    {
        await using var endpoint =
            ScriptedEndpoint.Answering("200 OK", IamAnswers.Devices(string.Empty, "<IsTruncated>true</IsTruncated><Marker>m</Marker>"));

        await FailAsync(endpoint, "no end of pages");

        Assert.Equal(20, endpoint.Requests.Count);
    }

    [Fact]
    public async Task ListAccessKeys_WholeAnswer_GivesThem()
    {
        await using var endpoint =
            ScriptedEndpoint.Answering("200 OK", IamAnswers.Keys(IamAnswers.Key() + IamAnswers.Key("AKIAEXAMPLEEXAMPLE78", "Inactive")));

        var keys = (await new AwsGateway().ListAccessKeysAsync(Calls.To(endpoint.Url), userName: null, Stop)).Value;

        Assert.Equal(
            [("AKIAEXAMPLEEXAMPLE56", true), ("AKIAEXAMPLEEXAMPLE78", false)], keys.Select(key => (key.AccessKeyId, key.IsActive)));
        Assert.Equal(("anna", new DateTimeOffset(2031, 5, 6, 7, 8, 9, TimeSpan.Zero)), (keys[0].UserName, keys[0].CreateDate));
    }

    [Fact]
    public async Task CreateAccessKey_WholeAnswer_GivesTheSecretAndShowsItNowhere()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", IamAnswers.NewKey("abcd/EFGH+1234"));

        var key = (await new AwsGateway().CreateAccessKeyAsync(Calls.To(endpoint.Url), userName: null, Stop)).Value;

        Assert.Equal(("anna", "AKIAEXAMPLEEXAMPLE56", "abcd/EFGH+1234"), (key.UserName, key.AccessKeyId, key.SecretAccessKey));
        Assert.DoesNotContain("EFGH", key.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "Status=Active")]
    [InlineData(false, "Status=Inactive")]
    public async Task SetAccessKeyStatus_AnyCall_SaysWhichKeyAndHow(bool isActive, string status)
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", IamAnswers.Done("UpdateAccessKey"));

        Assert.Equal(
            "AKIAX", (await new AwsGateway().SetAccessKeyStatusAsync(Calls.To(endpoint.Url), "anna", "AKIAX", isActive, Stop)).Value);

        string request = Assert.Single(endpoint.Requests);
        Assert.Contains("Action=UpdateAccessKey", request, StringComparison.Ordinal);
        Assert.Contains("AccessKeyId=AKIAX", request, StringComparison.Ordinal);
        Assert.Contains(status, request, StringComparison.Ordinal);
        Assert.Contains("UserName=anna", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteAccessKey_AnyCall_SaysWhichKey()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", IamAnswers.Done("DeleteAccessKey"));

        Assert.Equal("AKIAX", (await new AwsGateway().DeleteAccessKeyAsync(Calls.To(endpoint.Url), userName: null, "AKIAX", Stop)).Value);

        Assert.Contains("Action=DeleteAccessKey", Assert.Single(endpoint.Requests), StringComparison.Ordinal);
        Assert.Contains("AccessKeyId=AKIAX", endpoint.Requests[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeleteAccessKey_AnswerToAnotherAction_IsNone()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", IamAnswers.Done("UpdateAccessKey"));

        var failure = await Assert.ThrowsAsync<MfaException>(
            () => new AwsGateway().DeleteAccessKeyAsync(Calls.To(endpoint.Url), userName: null, "AKIAX", Stop));

        Assert.Contains("none to DeleteAccessKey", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<member><UserName>anna</UserName><EnableDate>2031-05-06T07:08:09Z</EnableDate></member>", "serial number")]
    [InlineData("<member><SerialNumber>GAHT12345678</SerialNumber><EnableDate>2031-05-06T07:08:09Z</EnableDate></member>", "user name")]
    [InlineData("<member><UserName>anna</UserName><SerialNumber>GAHT12345678</SerialNumber><EnableDate>soon</EnableDate></member>", "date")]
    [InlineData(
        "<member><UserName>anna</UserName><SerialNumber>GAHT&#10;[x]</SerialNumber><EnableDate>2031-05-06T07:08:09Z</EnableDate></member>",
        "serial number")]
    public async Task ListMfaDevices_PartOfAnAnswer_IsNone(string member, string missing)
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", IamAnswers.Devices(member));

        await FailAsync(endpoint, $"no usable {missing}");
    }

    [Theory]
    [InlineData("<html><body>Sign in to the Wi-Fi</body></html>", "none to ListMFADevices")]
    [InlineData("<html><body>Sign in<br></html>", "not XML")]
    [InlineData("<<<", "not XML")]
    [InlineData("", "not XML")]
    [InlineData("""<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>""", "not XML")]
    public async Task ListMfaDevices_NoAnswerOfAws_IsNamed(string body, string told)
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", body);

        await FailAsync(endpoint, told);
    }

    private static async Task FailAsync(ScriptedEndpoint endpoint, string told)
    {
        var failure = await Assert.ThrowsAsync<MfaException>(
            () => new AwsGateway().ListMfaDevicesAsync(Calls.To(endpoint.Url), userName: null, Stop));
        Assert.Equal(MfaErrorId.StsFailed, failure.Error.Id);
        Assert.StartsWith("AWS IAM at http://127.0.0.1", failure.Message, StringComparison.Ordinal);
        Assert.Contains(told, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("code", failure.Error.ToString(), StringComparison.Ordinal);
    }
}

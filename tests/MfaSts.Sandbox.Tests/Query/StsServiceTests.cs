using System.Net;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests.Query;

public sealed class StsServiceTests
{
    private const string CodeRejected = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";

    private const string DeviceRejected =
        "MultiFactorAuthentication failed, unable to validate MFA code.  "
        + "Please verify your MFA serial number is valid and associated with this user.";

    [Fact]
    public async Task GetCallerIdentity_with_long_term_keys_names_the_user()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var reply = await sandbox.CallAsync("GetCallerIdentity");

        reply.AssertServed();
        Assert.Equal(sandbox.Alice.Arn, reply["Arn"]);
        Assert.Equal(sandbox.Alice.UserId, reply["UserId"]);
        Assert.Equal("123456789012", reply["Account"]);
    }

    [Fact]
    public async Task GetCallerIdentity_with_a_session_names_the_user()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        Assert.Equal(sandbox.Alice.Arn, (await sandbox.CallAsAsync(await sandbox.GetPlainSessionAsync(), "GetCallerIdentity"))["Arn"]);
    }

    [Fact]
    public async Task GetSessionToken_with_a_code_gives_a_session_with_mfa_for_twelve_hours()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var reply = await sandbox.GetSessionTokenAsync(sandbox.Code);

        reply.AssertServed();
        var session = Assert.Single(sandbox.Server.Account.Sessions);
        Assert.Equal(session.AccessKeyId, reply["AccessKeyId"]);
        Assert.Equal(session.SecretAccessKey, reply["SecretAccessKey"]);
        Assert.Equal(session.SessionToken, reply["SessionToken"]);
        Assert.Equal("2026-03-01T20:00:00Z", reply["Expiration"]);
        Assert.Matches("^ASIA[A-Z2-7]{16}$", session.AccessKeyId);
        Assert.Matches("^[A-Za-z0-9+/]{40}$", session.SecretAccessKey);
        Assert.True(session.HasMfa);
        Assert.Same(sandbox.Alice, session.User);
    }

    [Fact]
    public async Task GetSessionToken_without_a_code_gives_a_session_without_mfa()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsync("GetSessionToken")).AssertServed();

        Assert.False(Assert.Single(sandbox.Server.Account.Sessions).HasMfa);
    }

    [Theory]
    [InlineData("900", "2026-03-01T08:15:00Z")]
    [InlineData("129600", "2026-03-02T20:00:00Z")]
    public async Task GetSessionToken_with_a_duration_gives_a_session_of_it(string seconds, string expiration)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        var reply = await sandbox.CallAsync("GetSessionToken", ("DurationSeconds", seconds));

        Assert.Equal(expiration, reply["Expiration"]);
        Assert.Equal(DateTimeOffset.Parse(expiration), sandbox.Server.Account.Sessions[0].Expiration);
    }

    [Fact]
    public async Task GetSessionToken_in_the_middle_of_a_second_expires_when_it_says()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        sandbox.Clock.Advance(TimeSpan.FromMilliseconds(700));

        var reply = await sandbox.CallAsync("GetSessionToken");

        Assert.Equal(DateTimeOffset.Parse(reply["Expiration"]!), sandbox.Server.Account.Sessions[0].Expiration);
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("43200")]
    public async Task GetSessionToken_of_root_is_cut_to_an_hour(string seconds)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var root = Keys.Of(sandbox.Server.Account.AddUser("root").AddAccessKey());

        var reply = await sandbox.CallAsAsync(root, "GetSessionToken", ("DurationSeconds", seconds));
        Assert.Equal("2026-03-01T09:00:00Z", reply["Expiration"]);
    }

    [Fact]
    public async Task GetSessionToken_of_root_below_an_hour_is_left_so()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var root = Keys.Of(sandbox.Server.Account.AddUser("root").AddAccessKey());

        var reply = await sandbox.CallAsAsync(root, "GetSessionToken", ("DurationSeconds", "900"));
        Assert.Equal("2026-03-01T08:15:00Z", reply["Expiration"]);
    }

    [Theory]
    [InlineData("DurationSeconds", "899", "durationSeconds", "have value greater than or equal to 900")]
    [InlineData("DurationSeconds", "129601", "durationSeconds", "have value less than or equal to 129600")]
    [InlineData("DurationSeconds", "12h", "durationSeconds", "be an integer")]
    [InlineData("SerialNumber", "GAHT1234", "serialNumber", "have length greater than or equal to 9")]
    [InlineData("SerialNumber", "a serial number", "serialNumber", @"satisfy regular expression pattern: [\w+=/:,.@-]*")]
    [InlineData("TokenCode", "12345", "tokenCode", "have length greater than or equal to 6")]
    [InlineData("TokenCode", "1234567", "tokenCode", "have length less than or equal to 6")]
    [InlineData("TokenCode", "12345a", "tokenCode", @"satisfy regular expression pattern: [\d]*")]
    [InlineData("TokenCode", "12345\n", "tokenCode", @"satisfy regular expression pattern: [\d]*")]
    public async Task GetSessionToken_with_a_value_out_of_bounds_is_refused(string parameter, string value, string member, string must)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsync("GetSessionToken", (parameter, value))).AssertRefused(
            HttpStatusCode.BadRequest, "ValidationError",
            $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: Member must {must}");
    }

    [Fact]
    public async Task GetSessionToken_with_a_serial_of_257_characters_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        string serial = new('a', 257);

        (await sandbox.CallAsync("GetSessionToken", ("SerialNumber", serial))).AssertRefused(
            HttpStatusCode.BadRequest, "ValidationError",
            $"1 validation error detected: Value '{serial}' at 'serialNumber' failed to satisfy constraint: "
                + "Member must have length less than or equal to 256");
    }

    [Fact]
    public async Task GetSessionToken_with_several_values_out_of_bounds_names_each_and_spends_no_code()
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsync("GetSessionToken", ("TokenCode", "x"), ("DurationSeconds", "0"))).AssertRefused(
            HttpStatusCode.BadRequest, "ValidationError",
            "3 validation errors detected: "
                + @"Value 'x' at 'tokenCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [\d]*; "
                + "Value 'x' at 'tokenCode' failed to satisfy constraint: Member must have length greater than or equal to 6; "
                + "Value '0' at 'durationSeconds' failed to satisfy constraint: Member must have value greater than or equal to 900");
        (await sandbox.GetSessionTokenAsync(sandbox.Code, ("DurationSeconds", "899")))
            .AssertRefused(HttpStatusCode.BadRequest, "ValidationError");
        (await sandbox.GetSessionTokenAsync(sandbox.Code)).AssertServed();
    }

    [Fact]
    public async Task GetSessionToken_with_a_wrong_code_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        string outdated = sandbox.Device.CodeAt(sandbox.Clock.GetUtcNow() - TimeSpan.FromMinutes(5));

        (await sandbox.GetSessionTokenAsync(outdated)).AssertRefused(HttpStatusCode.Forbidden, "AccessDenied", CodeRejected);
        Assert.Empty(sandbox.Server.Account.Sessions);
    }

    [Fact]
    public async Task GetSessionToken_with_a_spent_code_is_refused_and_the_next_one_holds()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        string code = sandbox.Code;
        (await sandbox.GetSessionTokenAsync(code)).AssertServed();

        (await sandbox.GetSessionTokenAsync(code)).AssertRefused(HttpStatusCode.Forbidden, "AccessDenied", CodeRejected);
        sandbox.Clock.Advance(TimeSpan.FromSeconds(30));
        (await sandbox.GetSessionTokenAsync(sandbox.Code)).AssertServed();
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:mfa/nobody")]
    [InlineData("arn:aws:iam::123456789012:mfa/bob")]
    public async Task GetSessionToken_with_a_device_that_is_not_ones_own_is_refused(string serial)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var bobs = sandbox.Server.Account.AddUser("bob").AddMfaDevice("bob");
        string code = bobs.CodeAt(sandbox.Clock.GetUtcNow());

        (await sandbox.CallAsync("GetSessionToken", ("SerialNumber", serial), ("TokenCode", code)))
            .AssertRefused(HttpStatusCode.Forbidden, "AccessDenied", DeviceRejected);
    }

    [Theory]
    [InlineData("SerialNumber", "arn:aws:iam::123456789012:mfa/alice")]
    [InlineData("TokenCode", "123456")]
    public async Task GetSessionToken_with_only_one_of_serial_and_code_is_refused(string parameter, string value)
    {
        await using var sandbox = await TestSandbox.StartAsync();

        (await sandbox.CallAsync("GetSessionToken", (parameter, value))).AssertRefused(
            HttpStatusCode.Forbidden, "AccessDenied",
            "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetSessionToken_with_a_session_is_refused(bool withMfa)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = withMfa ? await sandbox.GetMfaSessionAsync() : await sandbox.GetPlainSessionAsync();

        (await sandbox.CallAsAsync(session, "GetSessionToken"))
            .AssertRefused(HttpStatusCode.Forbidden, "AccessDenied", "Cannot call GetSessionToken with session credentials");
        Assert.Single(sandbox.Server.Account.Sessions);
    }

    [Fact]
    public async Task GetSessionToken_in_a_region_switched_off_is_refused_before_the_code_is_spent()
    {
        await using var sandbox = await TestSandbox.StartAsync("eu-south-1");

        (await CallInAsync(sandbox, "eu-south-1", sandbox.Request(
            "GetSessionToken", ("SerialNumber", sandbox.Device.SerialNumber), ("TokenCode", sandbox.Code)))).AssertRefused(
            HttpStatusCode.Forbidden, "RegionDisabledException",
            "STS is not activated in this region for account:123456789012. "
                + "Your account administrator can activate STS in this region using the IAM Console.");
        (await sandbox.GetSessionTokenAsync(sandbox.Code)).AssertServed();
    }

    [Fact]
    public async Task GetCallerIdentity_in_a_region_switched_off_is_served()
    {
        await using var sandbox = await TestSandbox.StartAsync("eu-south-1");

        (await CallInAsync(sandbox, "eu-south-1", sandbox.Request("GetCallerIdentity"))).AssertServed();
    }

    private static async Task<Reply> CallInAsync(TestSandbox sandbox, string region, HttpRequestMessage request)
    {
        using (request)
        {
            await sandbox.SignerOf(sandbox.AliceKeys, region: region).SignAsync(request, TestContext.Current.CancellationToken);
            return await TestSandbox.SendAsync(request);
        }
    }
}

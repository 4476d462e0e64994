using MfaSts.Devices;
using MfaSts.Errors;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Devices;

public sealed class DeviceFinderTests : IDisposable
{
    private const string Phone = "arn:aws:iam::123456789012:mfa/phone";
    private const string Token = "GAHT12345678";
    private const string Passkey = "arn:aws:iam::123456789012:u2f/user/alice/passkey-1";
    private const string Session = "ASIASESSION000000001";

    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new();
    private readonly FakeIam _iam = new();

    public DeviceFinderTests() =>
        _home.Credentials = $"[p-long-term]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private DeviceFinder Finder => new(_home.Files, _home.Environment, () => _iam, _clock, KeyStores.FileOnly);

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task List_EveryKind_IsNamedAndToldApart()
    {
        _iam.Devices.AddRange([Phone, Token, Passkey]);

        var devices = await Finder.ListAsync("p", region: null, Stop);

        Assert.Equal(
            [("phone", MfaDeviceType.Virtual, true), (Token, MfaDeviceType.Hardware, true),
                ("passkey-1", MfaDeviceType.SecurityKey, false)],
            devices.Select(device => (device.Name, device.Type, device.CanGiveCode)));
        Assert.All(
            devices,
            device => Assert.Equal(
                ("p", "alice", DateTimeOffset.UnixEpoch, false), (device.Profile, device.UserName, device.EnableDate, device.IsStored)));
        Assert.Equal([$"phone ({Phone})", Token], devices.Take(2).Select(device => device.ToString()));
        Assert.Equal([("ListMFADevices", null, ScratchHome.KeyId, "us-east-1")], _iam.Calls);
    }

    [Theory]
    [InlineData("aws_mfa_device = ", "")]
    [InlineData("", "[profile p]\nmfa_serial = ")]
    public async Task List_DeviceThatIsKnown_IsMarked(string stored, string configured)
    {
        _home.Credentials += stored.Length > 0 ? stored + Phone + "\n" : string.Empty;
        _home.Config = configured.Length > 0 ? configured + Phone + "\n" : string.Empty;
        _iam.Devices.AddRange([Token, Phone]);

        Assert.Equal([false, true], (await Finder.ListAsync("p", region: null, Stop)).Select(device => device.IsStored));
    }

    [Fact]
    public async Task List_NoKeys_IsAnErrorWithoutACall()
    {
        Assert.Equal(MfaErrorId.LongTermCredentialNotFound, (await FailAsync(() => Finder.ListAsync("q", region: null, Stop))).Error.Id);
        Assert.Empty(_iam.Calls);
    }

    [Theory]
    [InlineData(null, null, null, "us-east-1")]
    [InlineData(null, "eu-west-1", null, "us-east-1")]
    [InlineData(null, "cn-northwest-1", null, "cn-north-1")]
    [InlineData("us-gov-east-1", "cn-northwest-1", null, "us-gov-west-1")]
    [InlineData("eusc-de-east-1", null, null, "eusc-de-east-1")]
    [InlineData("eu-west-1", null, "aws-cn", "cn-north-1")]
    [InlineData(null, "eu-west-1", "aws-us-gov", "us-gov-west-1")]
    public async Task List_Region_IsThatOfThePartitionOfDeviceOrRegion(
        string? given, string? configured, string? devicePartition, string expected)
    {
        _home.Config = configured is null ? string.Empty : $"[profile p]\nregion = {configured}\n";
        _home.Credentials += devicePartition is null ? string.Empty : $"aws_mfa_device = arn:{devicePartition}:iam::123456789012:mfa/x\n";

        await Finder.ListAsync("p", given, Stop);

        Assert.Equal(expected, _iam.LastCall!.Region);
    }

    [Fact]
    public async Task List_Endpoint_IsIamsOwnBeforeTheCommonOne()
    {
        async Task<string?> EndpointAsync()
        {
            await Finder.ListAsync("p", region: null, Stop);
            return _iam.LastCall!.EndpointUrl?.ToString();
        }

        _home.Variables["AWS_ENDPOINT_URL_STS"] = "http://sts.test/";
        Assert.Null(await EndpointAsync());
        _home.Config = "[profile p]\nendpoint_url = http://profile.test/\n";
        Assert.Equal("http://profile.test/", await EndpointAsync());
        _home.Config += "services = s\n[services s]\nsts =\n  endpoint_url = http://services-sts.test/\niam =\n  endpoint_url = "
            + "http://services-iam.test/\n";
        Assert.Equal("http://services-iam.test/", await EndpointAsync());
        _home.Variables["AWS_ENDPOINT_URL"] = "http://all.test/";
        Assert.Equal("http://all.test/", await EndpointAsync());
        _home.Variables["AWS_ENDPOINT_URL_IAM"] = "http://iam.test/";
        Assert.Equal("http://iam.test/", await EndpointAsync());
        _home.Variables["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "true";
        Assert.Null(await EndpointAsync());
        Assert.False(_iam.LastCall!.UseFipsEndpoint);
        _home.Variables["AWS_USE_FIPS_ENDPOINT"] = "true";
        _home.Variables["AWS_CA_BUNDLE"] = "/the/bundle";
        Assert.Null(await EndpointAsync());
        Assert.Equal((true, "/the/bundle"), (_iam.LastCall!.UseFipsEndpoint, _iam.LastCall.CaBundlePath));
    }

    [Fact]
    public async Task List_EndpointIsNoAddress_IsRefusedUnsent()
    {
        _home.Variables["AWS_ENDPOINT_URL_IAM"] = "iam.test";

        var error = (await FailAsync(() => Finder.ListAsync("p", region: null, Stop))).Error;

        Assert.Contains("AWS_ENDPOINT_URL_IAM", error.Message, StringComparison.Ordinal);
        Assert.Empty(_iam.Calls);
    }

    [Fact]
    public async Task List_ServiceWantsTheName_IsAskedAgainWithTheCallersOwn()
    {
        _iam.Devices.Add(Phone);
        _iam.Refuse = (_, name) =>
            name is null ? MfaErrors.IamEntityNotFound("p", "ListMFADevices", "The user with name None cannot be found.") : null;

        Assert.Single(await Finder.ListAsync("p", region: null, Stop));

        Assert.Equal(
            ["ListMFADevices ", "GetCallerIdentity ", "ListMFADevices alice"], _iam.Calls.Select(call => $"{call.Action} {call.UserName}"));
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:root")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/x/user/y")]
    public async Task List_CallerIsNoUser_IsNotNamed(string arn)
    {
        _iam.CallerArn = arn;
        _iam.Refuse = (_, _) => MfaErrors.AccessDenied("p", "ListMFADevices", "No.");

        Assert.Equal(MfaErrorId.AccessDenied, (await FailAsync(() => Finder.ListAsync("p", region: null, Stop))).Error.Id);

        Assert.Single(_iam.Calls, call => call.Action == "ListMFADevices");
    }

    [Fact]
    public async Task List_LongTermKeyIsDenied_StoredSessionIsTried()
    {
        StoreSession(TimeSpan.FromHours(1));
        _iam.Devices.Add(Phone);
        _iam.Refuse = (call, _) => call.SessionToken is null ? MfaErrors.AccessDenied("p", "ListMFADevices", "No.") : null;

        Assert.Single(await Finder.ListAsync("p", region: null, Stop));

        Assert.Equal((Session, "tok", "us-east-1"), (_iam.LastCall!.AccessKeyId, _iam.LastCall.SessionToken, _iam.LastCall.Region));
    }

    [Fact]
    public async Task List_SessionHasExpired_IsNotTried()
    {
        StoreSession(TimeSpan.FromMinutes(-1));
        _iam.Refuse = (_, _) => MfaErrors.AccessDenied("p", "ListMFADevices", "No.");

        await FailAsync(() => Finder.ListAsync("p", region: null, Stop));

        Assert.DoesNotContain(_iam.Calls, call => call.AccessKeyId == Session);
    }

    [Fact]
    public async Task List_RefusedEveryWay_TellsTheFirstRefusal()
    {
        StoreSession(TimeSpan.FromHours(1));
        _iam.Refuse = (call, name) => MfaErrors.AccessDenied("p", "ListMFADevices", $"{call.AccessKeyId} {name}.");

        var failure = await FailAsync(() => Finder.ListAsync("p", region: null, Stop));

        Assert.Contains($"{ScratchHome.KeyId} .", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, _iam.Calls.Count);
    }

    [Theory]
    [InlineData(MfaErrorId.StsUnreachable)]
    [InlineData(MfaErrorId.LongTermCredentialRejected)]
    [InlineData(MfaErrorId.StsThrottled)]
    public async Task Find_NoAnswerOrKeysNotAccepted_IsToldAsSuchAfterOneCall(MfaErrorId id)
    {
        StoreSession(TimeSpan.FromHours(1));
        _iam.Refuse = (_, _) => id switch
        {
            MfaErrorId.StsUnreachable => MfaErrors.IamUnreachable("p", "here", "no way", nothingWasSent: true),
            MfaErrorId.StsThrottled => MfaErrors.IamThrottled("p", "Slow."),
            _ => MfaErrors.LongTermCredentialRejected("p", ScratchHome.KeyId, "No."),
        };

        Assert.Equal(id, (await FailAsync(() => Finder.FindUsableAsync("p", region: null, Stop))).Error.Id);

        Assert.Single(_iam.Calls);
    }

    [Fact]
    public async Task Find_Denied_TellsHowToStoreADeviceAndWhatIsMissing()
    {
        _iam.Refuse = (_, _) => MfaErrors.AccessDenied("p", "ListMFADevices", "Not authorized.");

        var error = (await FailAsync(() => Finder.FindUsableAsync("p", region: null, Stop))).Error;

        Assert.Equal(MfaErrorId.SerialNumberMissing, error.Id);
        Assert.Contains("Not authorized.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Set-MfaLongTermCredential -Profile p -SerialNumber", error.Remedy, StringComparison.Ordinal);
        Assert.Contains("iam:ListMFADevices", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_PasskeysBesideOthers_ArePassedOver()
    {
        _iam.Devices.AddRange([Passkey, Phone, Token]);

        Assert.Equal([Phone, Token], (await Finder.FindUsableAsync("p", region: null, Stop)).Select(device => device.SerialNumber));
    }

    [Theory]
    [InlineData(null, "has no MFA device.")]
    [InlineData(Passkey, $"AWS lists only passkey-1 ({Passkey})")]
    public async Task Find_NoneThatGivesCodes_NamesThePageToSetOneUp(string? device, string told)
    {
        _iam.Devices.AddRange(device is null ? [] : [device]);
        string before = _home.Credentials;

        var error = (await FailAsync(() => Finder.FindUsableAsync("p", region: null, Stop))).Error;

        Assert.Equal(MfaErrorId.SerialNumberMissing, error.Id);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual.html",
            error.Remedy,
            StringComparison.Ordinal);
        Assert.Equal(before, _home.Credentials);
    }

    [Fact]
    public async Task RequireOne_Several_AreListedByNameAndSerial()
    {
        _iam.Devices.AddRange([Phone, Token]);
        var devices = await Finder.FindUsableAsync("p", region: null, Stop);

        var error = Assert.Throws<MfaException>(() => DeviceFinder.RequireOne(devices)).Error;

        Assert.Equal((MfaErrorId.SerialNumberAmbiguous, MfaErrorCategory.InvalidArgument, "p"), (error.Id, error.Category, error.Target));
        Assert.Contains($"phone ({Phone}), {Token}", error.Message, StringComparison.Ordinal);
        Assert.Same(devices[0], DeviceFinder.RequireOne([devices[0]]));
    }

    [Fact]
    public async Task Remember_Device_GoesBesideTheKeysAndIsKnownFromThenOn()
    {
        _iam.Devices.Add(Phone);
        string before = _home.Credentials;

        Finder.Remember((await Finder.FindUsableAsync("p", region: null, Stop))[0], Stop);

        Assert.Equal(before + $"aws_mfa_device = {Phone}\n", _home.Credentials);
        Assert.True((await Finder.ListAsync("p", region: null, Stop))[0].IsStored);
    }

    private static Task<MfaException> FailAsync(Func<Task> call) => Assert.ThrowsAsync<MfaException>(call);

    private void StoreSession(TimeSpan remaining) => _home.Credentials +=
        $"[p]\naws_access_key_id = {Session}\naws_secret_access_key = sec\naws_session_token = tok\n"
        + $"expiration = {(_clock.Now + remaining).UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\nmanager = mfasts\n";
}

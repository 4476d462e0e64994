using MfaSts.Conformance.Tests.Clients;
using MfaSts.Conformance.Tests.Support;
using MfaSts.Credentials;
using MfaSts.Sandbox;

namespace MfaSts.Conformance.Tests;

public sealed class AwsCliTests() : ClientTests(new AwsCli());

public sealed class Boto3Tests() : ClientTests(new Boto3());

public sealed class DotNetSdkTests() : ClientTests(new DotNetSdk());

public sealed class JavaScriptSdkTests() : ClientTests(new JavaScriptSdk());

/// <summary>A session that MfaSts stored is a session to every AWS tool that is told the profile's name.</summary>
public abstract class ClientTests(AwsClient client) : IAsyncLifetime
{
    private const string MoveCommand = "Move the device with: ";

    private SandboxServer _server = null!;
    private Person _person = null!;

    private SandboxAccessKey Key => _server.Account.Users[0].AccessKeys[0];

    private VirtualMfaDevice Device => _server.Account.Users[0].MfaDevices[0];

    public async ValueTask InitializeAsync()
    {
        _server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        _person = new Person(_server.Endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _person.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Session_beside_settings_that_disturb_nobody_is_read()
    {
        _person.Config = """
            [profile prod]
            region = eu-central-1
            duration_seconds = 3600
            mfa_process = echo 000000
            services = local
            aws_account_id = 123456789012
            a_key_of_no_tool = yes
            s3 =
              max_concurrent_requests = 20

            [services local]
            s3 =
              endpoint_url = http://127.0.0.1:9
            """;
        _person.Store(LongTerm());
        var plan = _person.Prepare();
        var session = await _person.RedeemAsync(plan, CodeNow());

        await AssertServedAsync(Person.Profile, session);
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public async Task Session_beside_mfa_serial_is_read_by_all_when_the_device_has_been_moved()
    {
        _person.Config = $"[profile prod]\nregion = eu-central-1\nmfa_serial = {Device.SerialNumber}\n";
        _person.Store(new LongTermCredentialChange
        {
            Profile = Person.Profile,
            AccessKeyId = Key.AccessKeyId,
            SecretAccessKey = Key.SecretAccessKey,
        });
        var plan = _person.Prepare();
        var session = await _person.RedeemAsync(plan, CodeNow());

        Assert.EndsWith(
            MoveCommand + $"Set-MfaLongTermCredential -Profile prod -SerialNumber {Device.SerialNumber}",
            Assert.Single(plan.Warnings), StringComparison.Ordinal);
        Assert.Equal(client.ReadsSessionBesideMfaSerial, (await client.ReadAsync(_person, Person.Profile)).Arn is not null);

        _person.Store(new LongTermCredentialChange { Profile = Person.Profile, SerialNumber = Device.SerialNumber });

        await AssertServedAsync(Person.Profile, session);
        Assert.Empty(_person.Prepare().Warnings);
    }

    [Fact]
    public async Task Session_of_a_profile_with_long_term_keys_is_read_by_its_own_name()
    {
        string longTerm = $"""
            [prod]
            aws_access_key_id = {Key.AccessKeyId}
            aws_secret_access_key = {Key.SecretAccessKey}
            aws_mfa_device = {Device.SerialNumber}

            """;
        _person.Credentials = longTerm;
        _person.Config = "[profile prod]\nregion = eu-central-1\n";
        var session = await _person.RedeemAsync(_person.Prepare(), CodeNow());

        Assert.Equal("prod-sts", session.Section);
        Assert.StartsWith(longTerm, _person.Credentials, StringComparison.Ordinal);
        await AssertServedAsync("prod-sts", session);
    }

    [Fact]
    public async Task Session_of_a_role_is_read_by_its_own_name_and_the_profile_takes_the_role_without_a_code()
    {
        var role = _server.Account.AddRole("Admin", new SandboxTrust { NeedsMfa = true, ExternalId = "partner" });
        _person.Config =
            $"[profile prod]\nregion = eu-central-1\n\n[profile admin]\nrole_arn = {role.Arn}\nsource_profile = prod\nexternal_id = "
                + "partner\nregion = eu-central-1\n";
        _person.Store(LongTerm());
        await _person.RedeemAsync(_person.Prepare(), CodeNow());

        var session = await _person.AssumeAsync("admin");

        Assert.Equal(("admin-sts", role.Arn), (session.Section, session.AssumedRoleArn));
        var stored = await client.ReadAsync(_person, "admin-sts");
        Assert.True(stored.Arn is not null, stored.Error);
        Assert.EndsWith(":assumed-role/Admin/alice", stored.Arn, StringComparison.Ordinal);
        var taken = await client.ReadAsync(_person, "admin");
        Assert.True(taken.Arn is not null, taken.Error);
        Assert.Contains(":assumed-role/Admin/", taken.Arn, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Role_profile_with_a_device_and_hours_of_its_own_is_taken_without_a_code_after_the_repair()
    {
        var role = _server.Account.AddRole("Admin", new SandboxTrust { NeedsMfa = true });
        _person.Config = $"""
            [profile prod]
            region = eu-central-1
            [profile admin]
            role_arn = {role.Arn}
            source_profile = prod
            mfa_serial = {Device.SerialNumber}
            duration_seconds = 7200
            region = eu-central-1

            """;
        _person.Store(LongTerm());
        await _person.RedeemAsync(_person.Prepare(), CodeNow());

        // Unrepaired, two of them would ask on the terminal of whoever runs this.
        Assert.Equal([MfaFindingId.MfaSerialAsksAgain, MfaFindingId.RoleDurationTooLong], _person.Repair());
        var taken = await client.ReadAsync(_person, "admin");

        Assert.True(taken.Arn is not null, taken.Error);
        Assert.Contains(":assumed-role/Admin/", taken.Arn, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(LegalFiles))]
    public async Task Session_in_an_updated_file_is_read_by_all_who_read_the_old_one(LegalFile file)
    {
        _person.Store(LongTerm());
        var first = await _person.RedeemAsync(_person.Prepare(), CodeNow());
        _person.Config = file.Config;
        _person.Credentials = file.Credentials(Key, Device, first);
        if (!file.IsReadBy(client))
        {
            // Said here so that the day a client learns it is noticed.
            Assert.Null((await client.ReadAsync(_person, Person.Profile)).Arn);
            return;
        }

        await AssertServedAsync(Person.Profile, first);
        var second = await _person.RedeemAsync(_person.Prepare(force: true), NextCode());

        Assert.NotEqual(first.AccessKeyId, second.AccessKeyId);
        await AssertServedAsync(Person.Profile, second);
        await AssertServedAsync("other", first);
    }

    public static TheoryData<LegalFile> LegalFiles() => [.. LegalFile.All];

    private LongTermCredentialChange LongTerm() => new()
    {
        Profile = Person.Profile,
        AccessKeyId = Key.AccessKeyId,
        SecretAccessKey = Key.SecretAccessKey,
        SerialNumber = Device.SerialNumber,
        Region = "eu-central-1",
    };

    private string CodeNow() => Device.CodeAt(TimeProvider.System.GetUtcNow());

    // The service accepts it early, so that nobody waits half a minute for it.
    private string NextCode() => Device.CodeAt(TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30));

    private async Task AssertServedAsync(string profile, MfaSession session)
    {
        int before = _server.Requests.Count;
        (await client.ReadAsync(_person, profile)).AssertIsServed();
        Assert.All(_server.Requests.Skip(before), request => Assert.Equal(session.AccessKeyId, request.AccessKeyId));
    }
}

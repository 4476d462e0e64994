using System.Text.Json;
using MfaSts.Conformance.Tests.Clients;
using MfaSts.Conformance.Tests.Support;
using MfaSts.Credentials;

namespace MfaSts.Conformance.Tests;

/// <summary>The main job with another party's emulator of AWS, which shares no code with the sandbox.</summary>
public sealed class MotoTests
{
    // A user with a key and a virtual device, made by another party's client.
    private const string MakeUser = """
        import json, sys
        try:
            import boto3
        except ImportError:
            sys.exit(77)
        iam = boto3.client("iam", region_name="us-east-1", aws_access_key_id="AKIAIOSFODNN7EXAMPLE", aws_secret_access_key="any")
        iam.create_user(UserName="alice", Path="/ops/")
        device = iam.create_virtual_mfa_device(VirtualMFADeviceName="phone")["VirtualMFADevice"]["SerialNumber"]
        iam.enable_mfa_device(UserName="alice", SerialNumber=device, AuthenticationCode1="123456", AuthenticationCode2="234567")
        key = iam.create_access_key(UserName="alice")["AccessKey"]
        print(json.dumps({"id": key["AccessKeyId"], "secret": key["SecretAccessKey"], "device": device}))
        """;

    [Fact]
    public Task Session_from_moto_is_used_by_boto3_there() => WithMotoAsync(async endpoint =>
    {
        using var person = new Person(endpoint);
        person.Store(new LongTermCredentialChange
        {
            Profile = Person.Profile,
            AccessKeyId = "AKIAIOSFODNN7EXAMPLE",
            SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            SerialNumber = "arn:aws:iam::123456789012:mfa/alice",
            Region = "eu-central-1",
        });

        var session = await person.RedeemAsync(person.Prepare(), "123456");
        var answer = await new Boto3().ReadAsync(person, Person.Profile);

        Assert.InRange(session.Remaining, TimeSpan.FromHours(11.9), TimeSpan.FromHours(12.1));
        Assert.True(answer.Arn is not null, answer.Error);
        Assert.StartsWith("arn:aws:", answer.Arn, StringComparison.Ordinal);
        Assert.Contains($"aws_access_key_id = {session.AccessKeyId}", person.Credentials, StringComparison.Ordinal);
    });

    [Fact]
    public Task Device_that_moto_knows_is_found_stored_and_used() => WithMotoAsync(async endpoint =>
    {
        using var person = new Person(endpoint);
        var (id, secret, device) = await MakeUserAsync(person);
        person.Store(new LongTermCredentialChange { Profile = Person.Profile, AccessKeyId = id, SecretAccessKey = secret });

        var found = await person.FindDeviceAsync();
        var session = await person.RedeemAsync(person.Prepare(), "123456");

        Assert.Equal((device, "phone", "alice", MfaDeviceType.Virtual), (found.SerialNumber, found.Name, found.UserName, found.Type));
        Assert.Contains($"aws_mfa_device = {device}", person.Credentials, StringComparison.Ordinal);
        Assert.Equal(device, session.SerialNumber);
    });

    [Fact]
    public Task Role_is_taken_from_moto_and_its_session_used_by_boto3_there() => WithMotoAsync(async endpoint =>
    {
        using var person = new Person(endpoint);
        var (id, secret, device) = await MakeUserAsync(person);
        person.Config =
            "[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/Admin\nsource_profile = prod\nsession_tags = "
                + "Team=blue\ntransitive_session_tags = Team\n";
        person.Store(new LongTermCredentialChange
        {
            Profile = Person.Profile,
            AccessKeyId = id,
            SecretAccessKey = secret,
            SerialNumber = device,
            Region = "eu-central-1",
        });
        await person.RedeemAsync(person.Prepare(), "123456");

        var session = await person.AssumeAsync("admin");
        var answer = await new Boto3().ReadAsync(person, "admin-sts");

        Assert.InRange(session.Remaining, TimeSpan.FromMinutes(58), TimeSpan.FromMinutes(61));
        Assert.True(answer.Arn is not null, answer.Error);
        Assert.Contains("assumed-role/Admin/", answer.Arn, StringComparison.Ordinal);
    });

    [Fact]
    public Task Key_of_a_moto_user_is_rotated() => WithMotoAsync(async endpoint =>
    {
        using var person = new Person(endpoint);
        var (id, secret, device) = await MakeUserAsync(person);
        person.Store(new LongTermCredentialChange
        {
            Profile = Person.Profile,
            AccessKeyId = id,
            SecretAccessKey = secret,
            SerialNumber = device,
        });
        var session = await person.RedeemAsync(person.Prepare(), "123456");

        var renewed = await person.RotateAsync(session);

        Assert.NotEqual((id, secret), (renewed.AccessKeyId, renewed.SecretAccessKey));
        Assert.DoesNotContain(id, person.Credentials, StringComparison.Ordinal);
        Assert.Equal(renewed.AccessKeyId, Assert.Single(await person.ListAccessKeysAsync(session)).AccessKeyId);
    });

    private static async Task<(string Id, string Secret, string Device)> MakeUserAsync(Person person)
    {
        var made = await Child.RunAsync(person.Environment, "python3", "-c", MakeUser);
        Assert.SkipWhen(made.ExitCode == 77, "The Python package boto3 is not installed.");
        Assert.True(made.ExitCode == 0, made.Error);
        using var answer = JsonDocument.Parse(made.Output);
        string Text(string name) => answer.RootElement.GetProperty(name).GetString()!;
        return (Text("id"), Text("secret"), Text("device"));
    }

    private static async Task WithMotoAsync(Func<Uri, Task> test)
    {
        using var moto = await MotoServer.StartAsync();
        await test(moto.Endpoint);
    }
}

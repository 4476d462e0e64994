using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MfaSts.Conformance.Tests.Clients;
using MfaSts.Conformance.Tests.Support;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Sts;

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

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

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
    public Task Key_of_a_moto_user_is_rotated() => WithMotoAsync(async endpoint =>
    {
        using var person = new Person(endpoint);
        var (id, secret, _) = await MakeUserAsync(person);
        var iam = Person.Gateway();
        var call = Call(endpoint, id, secret);

        var made = (await iam.CreateAccessKeyAsync(call, "alice", Stop)).Value;
        Assert.Equal(
            MfaErrorId.AccessKeyLimit,
            (await Assert.ThrowsAsync<MfaException>(() => iam.CreateAccessKeyAsync(call, "alice", Stop))).Error.Id);
        await iam.SetAccessKeyStatusAsync(call, "alice", id, isActive: false, Stop);
        var keys = (await iam.ListAccessKeysAsync(call, "alice", Stop)).Value;
        Assert.Equal([(id, false), (made.AccessKeyId, true)], keys.Select(key => (key.AccessKeyId, key.IsActive)));

        var withNew = Call(endpoint, made.AccessKeyId, made.SecretAccessKey);
        await iam.DeleteAccessKeyAsync(withNew, "alice", id, Stop);
        Assert.Equal(made.AccessKeyId, Assert.Single((await iam.ListAccessKeysAsync(withNew, userName: null, Stop)).Value).AccessKeyId);
    });

    private static StsCall Call(Uri endpoint, string id, string secret) => new()
    {
        Profile = Person.Profile,
        AccessKeyId = id,
        SecretAccessKey = secret,
        Region = "us-east-1",
        EndpointUrl = endpoint,
    };

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
        int port = FreePort();
        using var moto = Child.Start(new ProcessStartInfo(
            "moto_server", ["-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        try
        {
            await WaitUntilItListensAsync(moto, port);
            await test(new Uri($"http://127.0.0.1:{port}"));
        }
        finally
        {
            moto.Kill(entireProcessTree: true);
        }
    }

    private static async Task WaitUntilItListensAsync(Process moto, int port)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(30))
        {
            Assert.SkipWhen(moto.HasExited, "moto_server does not start here.");
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }

        Assert.Skip("moto_server did not start within 30 seconds.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

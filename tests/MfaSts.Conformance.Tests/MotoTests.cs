using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MfaSts.Conformance.Tests.Clients;
using MfaSts.Conformance.Tests.Support;
using MfaSts.Credentials;

namespace MfaSts.Conformance.Tests;

/// <summary>The main job with another party's emulator of AWS, which shares no code with the sandbox.</summary>
public sealed class MotoTests
{
    [Fact]
    public async Task Session_from_moto_is_used_by_boto3_there()
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
            using var person = new Person(new Uri($"http://127.0.0.1:{port}"));
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

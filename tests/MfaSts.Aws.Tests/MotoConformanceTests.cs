using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MfaSts.Aws.Tests;

/// <summary>Another party's emulator of AWS understands what the gateway sends, and the gateway what it answers.</summary>
public sealed class MotoConformanceTests
{
    [Fact]
    public async Task Moto_BothCalls_AreAnswered()
    {
        int port = FreePort();
        using var moto = Start(port);
        try
        {
            await WaitUntilItListensAsync(moto, port);
            var call = Calls.To(new Uri($"http://127.0.0.1:{port}"));

            var session = await Calls.GetSessionTokenAsync(call);
            var caller = await new AwsGateway().GetCallerIdentityAsync(call, TestContext.Current.CancellationToken);

            Assert.InRange(session.Value.Expiration - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(70));
            Assert.NotEmpty(session.Value.SessionToken);
            Assert.InRange(session.ServiceTime!.Value - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(-1), TimeSpan.FromMinutes(1));
            Assert.Equal("123456789012", caller.Value.AccountId);
            Assert.StartsWith("arn:aws:", caller.Value.Arn, StringComparison.Ordinal);
        }
        finally
        {
            moto.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(int port)
    {
        string[] arguments = ["-H", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)];
        try
        {
            return Process.Start(new ProcessStartInfo("moto_server", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("moto_server is not installed.");
            throw;
        }
    }

    private static async Task WaitUntilItListensAsync(Process moto, int port)
    {
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromSeconds(15))
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

        Assert.Skip("moto_server did not start within 15 seconds.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

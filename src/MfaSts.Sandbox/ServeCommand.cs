using System.Globalization;
using System.Runtime.InteropServices;

namespace MfaSts.Sandbox;

/// <summary><c>serve</c>: keeps a sandbox running, and shows what the device would show.</summary>
internal static class ServeCommand
{
    internal const string Usage = "usage: dotnet run --project src/MfaSts.Sandbox [-- serve [--port N]]";

    private const string Region = "us-east-1";

    /// <summary>Runs until Ctrl+C.</summary>
    /// <returns>The exit code.</returns>
    internal static async Task<int> RunAsync(string[] options)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        return await RunAsync(options, Console.Out, Console.Error, TimeProvider.System, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    internal static async Task<int> RunAsync(
        string[] options, TextWriter output, TextWriter error, TimeProvider clock, CancellationToken stop)
    {
        if (!TryReadPort(options, out ushort port))
        {
            await error.WriteLineAsync(Usage);
            return 2;
        }

        try
        {
            await using var server = await SandboxServer.StartAsync(new SandboxOptions { Port = port }, clock, stop);
            await output.WriteLineAsync(Describe(server));
            await ShowCodesAsync(server.Account.Users[0].MfaDevices[0], output, clock, stop);
        }
        catch (IOException e)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Ctrl+C is how it ends.
        }

        return 0;
    }

    private static bool TryReadPort(string[] options, out ushort port)
    {
        port = 0;
        return options switch
        {
            [] => true,
            ["--port", var text] => ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out port),
            _ => false,
        };
    }

    private static string Describe(SandboxServer server)
    {
        var user = server.Account.Users[0];
        var key = user.AccessKeys[0];
        var device = user.MfaDevices[0];
        (string Name, string Value)[] variables =
        [
            ("AWS_ENDPOINT_URL", server.Endpoint.GetLeftPart(UriPartial.Authority)),
            ("AWS_REGION", Region),
            // The AWS CLI and boto3 read only this one.
            ("AWS_DEFAULT_REGION", Region),
            ("AWS_ACCESS_KEY_ID", key.AccessKeyId),
            ("AWS_SECRET_ACCESS_KEY", key.SecretAccessKey),
        ];
        return string.Join(Environment.NewLine, (string[])
        [
            $"An AWS account in memory answers at {server.Endpoint}. Its keys are good for nothing else. Ctrl+C ends it.",
            string.Empty,
            $"  user          {user.Arn}",
            $"  access key    {key.AccessKeyId}",
            $"  secret key    {key.SecretAccessKey}",
            $"  MFA device    {device.SerialNumber}",
            $"  device seed   {device.Seed}",
            string.Empty,
            "Point tools at it, in PowerShell:",
            .. variables.Select(variable => $"  $env:{variable.Name} = '{variable.Value}'"),
            string.Empty,
            "or in sh:",
            .. variables.Select(variable => $"  export {variable.Name}='{variable.Value}'"),
            string.Empty,
            "The device shows:",
        ]);
    }

    private static async Task ShowCodesAsync(VirtualMfaDevice device, TextWriter output, TimeProvider clock, CancellationToken stop)
    {
        while (true)
        {
            var now = clock.GetUtcNow();
            var remaining = VirtualMfaDevice.RemainingAt(now);
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"  {device.CodeAt(now)}   for {Math.Ceiling(remaining.TotalSeconds)} s"));
            await Task.Delay(remaining, clock, stop);
        }
    }
}

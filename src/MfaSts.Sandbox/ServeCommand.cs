using System.Globalization;
using System.Runtime.InteropServices;

namespace MfaSts.Sandbox;

/// <summary><c>serve</c>: keeps a sandbox running, and shows what the device would show.</summary>
internal static class ServeCommand
{
    internal const string Usage = "usage: dotnet run --project src/MfaSts.Sandbox [-- serve [--port N]]";

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
            await ServeAsync(port, output, clock, stop);
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

    private static async Task ServeAsync(ushort port, TextWriter output, TimeProvider clock, CancellationToken stop)
    {
        var account = SandboxAccount.CreateDefault(clock);
        var admin = account.Roles[0];
        admin.MaxSessionDuration = TimeSpan.FromHours(8);
        var other = new SandboxAccount("210987654321", clock);
        var audit = other.AddRole("audit", new SandboxTrust
        {
            Principals = [account.AccountId],
            NeedsMfa = true,
            ExternalId = ServeDescription.ExternalId,
        });
        var options = new SandboxOptions { Port = port, Account = account, OtherAccounts = [other] };
        await using var server = await SandboxServer.StartAsync(options, clock, stop);
        await output.WriteLineAsync(new ServeDescription(server, admin, audit).ToString());
        await ShowCodesAsync(account.Users[0].MfaDevices[0], output, clock, stop);
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

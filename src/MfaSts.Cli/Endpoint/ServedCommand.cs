using System.Net.Sockets;
using MfaSts.Cli.Terminal;
using MfaSts.Loopback;
using MfaSts.Sessions;

namespace MfaSts.Cli.Endpoint;

/// <summary>Runs the command of <c>exec --serve</c>: it takes its keys from an endpoint, and so the next ones when they expire.</summary>
/// <param name="host">The outside.</param>
/// <param name="messages">What is said to the person.</param>
/// <param name="request">What is wanted.</param>
/// <param name="session">The session to begin with.</param>
internal sealed class ServedCommand(CliHost host, Messages messages, SessionRequest request, MfaSession session)
{
    private readonly string _token = Unguessable.Make();

    /// <summary>Runs it.</summary>
    /// <returns>The exit code; on Unix only when the command could not be run, since this process becomes it.</returns>
    public int Run(string[] command)
    {
        using var listener = LoopbackServer.Listen();
        var config = PrivateConfig.Make(host.Files, session);
        var variables =
            new ServedEnvironment(host.Variables).For(CredentialEndpoint.AddressOf(listener, session.Profile), _token, session, config);
        int Run() => ThisProcess.System.Run(command, variables, ServedEnvironment.Removed, host.Error);
        if (OperatingSystem.IsWindows())
        {
            return RunBeside(listener, config, Run);
        }

        var task = new EndpointTask(Environment.ProcessId, _token, messages.IsQuiet, request, session);
        if (EndpointProcess.TryStart(listener, task, config.Path))
        {
            return Run();
        }

        config.Remove();
        host.Error.WriteLine("mfasts: the process that keeps the endpoint could not be started.");
        return ExitCodes.NotExecutable;
    }

    // Where a process cannot become another, this one stays, and is the endpoint.
    private int RunBeside(Socket listener, PrivateConfig config, Func<int> run)
    {
        using var stop = new CancellationTokenSource();
        var keeper = new SessionKeeper(host, messages, request, session);
        var serving = Task.Run(() => new CredentialEndpoint(listener, _token, [keeper]).RunAsync(stop.Token));
        try
        {
            return run();
        }
        finally
        {
            stop.Cancel();
            serving.GetAwaiter().GetResult();
            config.Remove();
        }
    }
}

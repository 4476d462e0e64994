using System.Runtime.InteropServices;
using MfaSts.Cli;
using MfaSts.Cli.Endpoint;
using MfaSts.Cli.Terminal;
using MfaSts.Profiles;

var system = ThisProcess.System;
if (system.Begin(args))
{
    return ExitCodes.Success;
}

system.ProtectMemory();
if (!OperatingSystem.IsWindows() && args is [EndpointProcess.Verb])
{
    return await EndpointProcess.RunAsync();
}

if (QuickAnswer.TryWrite(args, EnvironmentVariables.OfProcess, Environment.CurrentDirectory, TimeProvider.System, system.TryWrite))
{
    return ExitCodes.Success;
}

system.ReleaseMemory();
int stopped = ExitCodes.Interrupted;
using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
int code = await new Application(CliHost.OfProcess()).RunAsync(args, stop.Token);
return code == ExitCodes.Interrupted ? stopped : code;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped = signal.Signal switch
    {
        PosixSignal.SIGTERM => ExitCodes.Terminated,
        PosixSignal.SIGHUP => ExitCodes.HungUp,
        _ => ExitCodes.Interrupted,
    };
    stop.Cancel();
}

using System.Runtime.InteropServices;
using MfaSts.Cli;
using MfaSts.Cli.Terminal;
using MfaSts.Profiles;

CoreDump.Disable();
if (QuickAnswer.TryWrite(args, EnvironmentVariables.OfProcess, Environment.CurrentDirectory, TimeProvider.System, StandardOutput.TryWrite))
{
    return ExitCodes.Success;
}

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
return await new Application(CliHost.OfProcess()).RunAsync(args, stop.Token);

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

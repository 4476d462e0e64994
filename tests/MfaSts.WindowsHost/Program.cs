using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MfaSts.WindowsHost;

/// <summary>
/// Runs a script or a command as <c>pwsh -NoProfile -NonInteractive -File SCRIPT ARGUMENTS</c> and <c>pwsh -NoProfile -Command TEXT</c>
/// do, with text on standard output.
/// </summary>
internal static class Program
{
    // Code that is compiled in haste takes more stack than Wine's first thread has.
    private const int Stack = 64 * 1024 * 1024;

    public static int Main(string[] args)
    {
        int code = 0;
        var thread = new Thread(() => code = Run(args), Stack);
        thread.Start();
        thread.Join();
        return code;
    }

    private static int Run(string[] args)
    {
        int file = Array.FindIndex(args, arg => arg.Equals("-File", StringComparison.OrdinalIgnoreCase));
        int command = Array.FindIndex(args, arg => arg.Equals("-Command", StringComparison.OrdinalIgnoreCase));
        var host = new ScriptHost();
        var state = InitialSessionState.CreateDefault();
        state.ExecutionPolicy = Microsoft.PowerShell.ExecutionPolicy.Bypass;
        using var runspace = RunspaceFactory.CreateRunspace(host, state);
        runspace.Open();
        Runspace.DefaultRunspace = runspace;
        using var shell = PowerShell.Create(runspace);
        if (file >= 0)
        {
            shell.AddCommand(args[file + 1]);
            foreach (string argument in args.Skip(file + 2))
            {
                shell.AddArgument(argument);
            }
        }
        else
        {
            shell.AddScript(string.Join(' ', args.Skip(command + 1)));
        }

        int code = Run(shell, host);
        return file >= 0 ? host.ExitCode ?? runspace.SessionStateProxy.GetVariable("LASTEXITCODE") as int? ?? 0 : code;
    }

    private static int Run(PowerShell shell, ScriptHost host)
    {
        shell.AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        try
        {
            shell.Invoke();
        }
        catch (RuntimeException e)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{e.ErrorRecord}"));
            return 1;
        }

        return host.ExitCode ?? (shell.HadErrors ? 1 : 0);
    }
}

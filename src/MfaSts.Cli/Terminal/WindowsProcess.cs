using System.ComponentModel;
using System.Diagnostics;
using MfaSts.Errors;

namespace MfaSts.Cli.Terminal;

/// <summary>Windows.</summary>
internal sealed class WindowsProcess : IProcessSystem
{
    /// <inheritdoc/>
    public ITerminal Terminal => new WindowsTerminal();

    /// <inheritdoc/>
    public bool Begin(string[] args) => false;

    // Windows Error Reporting keeps no full dump unless an administrator has it do so.
    /// <inheritdoc/>
    public void ProtectMemory()
    {
    }

    /// <inheritdoc/>
    public void ReleaseMemory()
    {
    }

    /// <inheritdoc/>
    public bool TryWrite(byte[] bytes)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(bytes);
        return true;
    }

    /// <summary>The command is a child: a process cannot become another one here. Ctrl+C reaches both.</summary>
    public int Run(string[] command, IReadOnlyDictionary<string, string> variables, IEnumerable<string> removed, TextWriter error)
    {
        var start = new ProcessStartInfo(command[0]);
        foreach (string argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (string name in removed)
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception e)
        {
            error.WriteLine($"mfasts: '{PrintableText.Escape(command[0])}' cannot be run: {e.Message}");
            return ExitCodes.NotFound;
        }
    }
}

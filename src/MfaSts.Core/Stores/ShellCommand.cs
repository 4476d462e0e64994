using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using MfaSts.Platform;

namespace MfaSts.Stores;

/// <summary>
/// Runs a command that stands in the user's own config, a <c>key_process</c> or an <c>mfa_process</c>, by the system's shell and
/// without the AWS_* variables of this
/// process. Such a command may itself ask for a password, or for a touch: then it has the terminal for its standard input and standard
/// error, even when ours are
/// the pipes of an SDK.
/// </summary>
internal static class ShellCommand
{
    /// <summary>What a command may take that asks nobody.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>What a command may take on whose question a person thinks.</summary>
    public static readonly TimeSpan LimitWithTerminal = TimeSpan.FromSeconds(120);

    // More than any key or code, and little enough to keep.
    private const int MostOutput = 64 * 1024;

    // A child that the shell left behind may hold its output open for as long as it likes.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs a command.</summary>
    /// <param name="text">The command as it is configured.</param>
    /// <param name="mayUseTerminal">A person may be asked.</param>
    /// <param name="cancellationToken">Kills the command and what it has started.</param>
    /// <param name="variable">A variable for its environment, or null.</param>
    /// <returns>What it printed.</returns>
    /// <exception cref="ShellCommandException">It did not start, did not exit with 0, or took too long.</exception>
    public static async Task<string> RunAsync(
        string text, bool mayUseTerminal, CancellationToken cancellationToken, KeyValuePair<string, string>? variable = null)
    {
        bool hasTerminal = mayUseTerminal && ThisSystem.Platform.HasTerminal;
        var length = hasTerminal ? LimitWithTerminal : Limit;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(length);
        using var process = Start(text, hasTerminal, variable);
        using var bond = ThisSystem.Platform.Bind(process);
        try
        {
            var output = new StringBuilder();
            var reading = CollectAsync(process.StandardOutput, output, limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            await Task.WhenAny(reading, Task.Delay(OutputGrace, limit.Token)).ConfigureAwait(false);
            return process.ExitCode == 0 ? Snapshot(output) : throw new ShellCommandException($"it exited with {process.ExitCode}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ShellCommandException($"it did not end within {length.TotalSeconds:0} seconds");
        }
        finally
        {
            Kill(process);
        }
    }

    private static async Task CollectAsync(StreamReader reader, StringBuilder text, CancellationToken cancellationToken)
    {
        char[] buffer = new char[1024];
        for (int count = 1; count > 0;)
        {
            count = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            lock (text)
            {
                text.Append(buffer, 0, Math.Min(count, MostOutput - text.Length));
            }
        }
    }

    private static string Snapshot(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static Process Start(string text, bool hasTerminal, KeyValuePair<string, string>? variable)
    {
        var start = ThisSystem.Platform.CommandStart(text, hasTerminal);
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        if (variable is { } added)
        {
            start.Environment[added.Key] = added.Value;
        }

        start.RedirectStandardInput = !hasTerminal;
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        try
        {
            var process = Process.Start(start)!;
            if (!hasTerminal)
            {
                process.StandardInput.Close();
            }

            return process;
        }
        catch (Win32Exception e)
        {
            throw new ShellCommandException("it could not be started", e);
        }
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}

using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Sessions;

/// <summary>
/// Runs a profile's <c>mfa_process</c> (aws-vault's key): a command that prints the MFA code. It is run by the shell, without standard input and without the
/// AWS keys of this process's environment, and may take 60 seconds.
/// </summary>
public static class CodeCommand
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    // A child that the shell left behind may hold its output open for as long as it likes.
    private static readonly TimeSpan OutputGrace = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs the command of a plan.</summary>
    /// <param name="plan">A plan that has one.</param>
    /// <param name="config">The file that the command comes from. It must belong to this user and be writable by nobody else.</param>
    /// <param name="cancellationToken">Kills the command.</param>
    /// <returns>Six digits.</returns>
    /// <exception cref="MfaException">StoreUnsafe, CodeProcessFailed.</exception>
    public static async Task<string> RunAsync(SessionPlan plan, SharedFile config, CancellationToken cancellationToken)
    {
        if (!config.IsTrusted)
        {
            throw MfaErrors.StoreUnsafe(config.Path, "another user could have written the mfa_process in it, which would be run as a command");
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        CodeCommandLoop.Begin(plan.Source, config);
        using var process = Start(plan);
        try
        {
            process.StandardInput.Close();
            var output = new StringBuilder();
            var reading = CollectAsync(process.StandardOutput, output, limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            await Task.WhenAny(reading, Task.Delay(OutputGrace, limit.Token)).ConfigureAwait(false);
            return ReadCode(plan, process.ExitCode, TextOf(output), config);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw CodeCommandLoop.WasMet(plan.Source, config)
                ? MfaErrors.CodeProcessNeedsItself(plan.Source)
                : MfaErrors.CodeProcessFailed(plan.Source, "it did not end within 60 seconds");
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
                text.Append(buffer, 0, count);
            }
        }
    }

    private static string TextOf(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static Process Start(SessionPlan plan)
    {
        var start = Describe(plan.CodeCommand!, OperatingSystem.IsWindows());
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.UseShellExecute = false;
        foreach (string name in start.Environment.Keys.Where(IsKey).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment[CodeCommandLoop.Variable] = CodeCommandLoop.Add(plan.Source, EnvironmentVariables.OfProcess);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw MfaErrors.CodeProcessFailed(plan.Source, "it could not be started", e);
        }
    }

    /// <summary>
    /// The command in the system's shell. cmd.exe knows no escaped quotes: with /s it takes off the first and the last quote and runs what is between them as it
    /// stands, which Node's child_process.exec relies on as well; an argument list would escape the quotes in it.
    /// </summary>
    internal static ProcessStartInfo Describe(string command, bool isWindows) =>
        isWindows ? new ProcessStartInfo("cmd.exe", $"/d /s /c \"{command}\"") : new ProcessStartInfo("/bin/sh", ["-c", command]);

    private static bool IsKey(string variable) =>
        variable.ToUpperInvariant() is "AWS_ACCESS_KEY_ID" or "AWS_SECRET_ACCESS_KEY" or "AWS_SESSION_TOKEN" or "AWS_SECURITY_TOKEN";

    private static string ReadCode(SessionPlan plan, int exitCode, string output, SharedFile config)
    {
        if (exitCode != 0)
        {
            throw CodeCommandLoop.WasMet(plan.Source, config)
                ? MfaErrors.CodeProcessNeedsItself(plan.Source)
                : MfaErrors.CodeProcessFailed(plan.Source, $"it exited with {exitCode}");
        }

        var (code, whyNot) = CodeOutput.Read(output);
        return code ?? throw MfaErrors.CodeProcessFailed(plan.Source, whyNot);
    }

    private static void Kill(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }
    }
}

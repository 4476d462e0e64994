using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Stores;

namespace MfaSts.Sessions;

/// <summary>Runs a profile's <c>mfa_process</c> (aws-vault's key): a command that prints the MFA code, alone or among other text.</summary>
public static class CodeCommand
{
    /// <summary>Runs the command of a plan.</summary>
    /// <param name="plan">A plan that has one.</param>
    /// <param name="config">The file that the command comes from. It must belong to this user and be writable by nobody else.</param>
    /// <param name="mayUseTerminal">A person may be asked: the command has the terminal for what it asks, when this process is in its
    /// foreground.</param>
    /// <param name="cancellationToken">Kills the command.</param>
    /// <returns>Six digits.</returns>
    /// <exception cref="MfaException">StoreUnsafe, CodeProcessFailed.</exception>
    public static async Task<string> RunAsync(SessionPlan plan, SharedFile config, bool mayUseTerminal, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(config);
        if (!config.IsTrusted)
        {
            throw MfaErrors.StoreUnsafe(
                config.Path, "another user could have written the mfa_process in it, which would be run as a command");
        }

        CodeCommandLoop.Begin(plan.Source, config);
        try
        {
            string output = await ShellCommand.RunAsync(
                plan.CodeCommand!,
                mayUseTerminal,
                cancellationToken,
                new(CodeCommandLoop.Variable, CodeCommandLoop.Add(plan.Source, EnvironmentVariables.OfProcess))).ConfigureAwait(false);
            return ReadCode(plan, output);
        }
        catch (ShellCommandException e)
        {
            throw CodeCommandLoop.WasMet(plan.Source, config)
                ? MfaErrors.CodeProcessNeedsItself(plan.Source)
                : MfaErrors.CodeProcessFailed(plan.Source, e.Message, e.InnerException);
        }
    }

    // ykman names the account before the code. What was printed is not repeated: it may be another secret.
    private static string ReadCode(SessionPlan plan, string output)
    {
        var (code, whyNot) = CodeOutput.Read(output);
        return code ?? throw MfaErrors.CodeProcessFailed(plan.Source, whyNot);
    }
}

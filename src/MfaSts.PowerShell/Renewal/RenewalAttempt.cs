using System.Management.Automation.Host;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.PowerShell.Hosting;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Renewal;

/// <summary>
/// One try to get a new session at a prompt: a code from the profile's mfa_process or from the person, and one call to STS.
/// </summary>
internal sealed class RenewalAttempt(SessionBroker broker, AwsFiles files, PSHost host, RenewalNotices notices)
{
    private const int MostCodes = 3;

    // A question left open in a hidden tab must not keep the others from asking for ever.
    private static readonly TimeSpan LeaseLimit = TimeSpan.FromMinutes(2);

    /// <summary>Gets a session.</summary>
    /// <param name="plan">What for.</param>
    /// <param name="lease">Held by this process.</param>
    /// <param name="reason">Why, as a sentence without its full stop.</param>
    /// <returns>Null when the person put it off.</returns>
    /// <exception cref="MfaException">Any of the catalogue.</exception>
    public MfaSession? Run(SessionPlan plan, AskingLease lease, string reason)
    {
        foreach (string warning in plan.Warnings.Where(OnceGiven.TryAdd))
        {
            notices.Warn(warning);
        }

        try
        {
            return plan.CodeCommand is null ? Ask(plan, lease, reason) : Redeem(plan, RunCommand(plan));
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private MfaSession? Ask(SessionPlan plan, AskingLease lease, string reason)
    {
        Unlock(plan);
        using var release = new Timer(_ => lease.Dispose(), null, LeaseLimit, Timeout.InfiniteTimeSpan);
        notices.Tell($"{reason}. Enter alone, or Ctrl+C, puts this off for {DurationText.Format(RenewalPause.Length)}.");
        for (int left = MostCodes; ; left--)
        {
            string? code = new CodeQuestion(host.UI).Ask(plan.Question);

            // Another shell may have got one while this question stood here.
            if (broker.FindUsable(plan.Request) is { } meanwhile)
            {
                return meanwhile;
            }

            try
            {
                return code is null ? null : Redeem(plan, code);
            }
            catch (MfaException e) when (left > 1 && IsAboutCode(e.Error.Id))
            {
                notices.Tell(e.Error.Message);
            }
        }
    }

    private static bool IsAboutCode(MfaErrorId id) =>
        id is MfaErrorId.TokenCodeMalformed or MfaErrorId.TokenCodeRejected or MfaErrorId.TokenCodeAlreadyUsed;

    private string RunCommand(SessionPlan plan)
    {
        Unlock(plan);
        return HostWait.For(
            host, $"Waiting for the mfa_process of '{plan.Profile}'", token => CodeCommand.RunAsync(
                plan, files.Config, mayUseTerminal: true, token));
    }

    private void Unlock(SessionPlan plan) => HostWait.For(
        host, $"Reading the secret access key of '{plan.Profile}'", token => broker.UnlockAsync(plan, token));

    private MfaSession Redeem(SessionPlan plan, string code)
    {
        var result = HostWait.For(host, $"Getting a session for '{plan.Profile}'", token => broker.RedeemAsync(plan, code, token));
        foreach (string warning in result.Warnings)
        {
            notices.Warn(warning);
        }

        return result.Session;
    }
}

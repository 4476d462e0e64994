using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Sessions;

/// <summary>
/// The way to a session, the same in the module and in the program: the stored one while it is usable; else the MFA device, the checks, the code and the call.
/// It runs on the caller's thread, since a host asks nowhere else.
/// </summary>
/// <param name="broker">The sessions.</param>
/// <param name="files">The AWS files.</param>
/// <param name="caller">Who wants the session.</param>
public sealed class SessionFlow(SessionBroker broker, AwsFiles files, ISessionCaller caller)
{
    private const int MostSpentCodes = 2;

    /// <summary>A session: the stored one while it is usable, else a new one.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="tokenCode">The code, when it was given.</param>
    /// <returns>Null when the caller may not do it.</returns>
    /// <exception cref="MfaException">Any of the catalogue.</exception>
    public MfaSession? Get(SessionRequest request, string? tokenCode)
    {
        if (broker.FindUsable(request) is { } stored)
        {
            caller.Detail($"The stored session of profile '{stored.Profile}' in [{stored.Section}] of '{files.Credentials.Path}' is used; "
                + $"it has {DurationText.Format(stored.Remaining)} left.{(tokenCode is null ? string.Empty : " The code that was given was not sent.")}");
            return stored;
        }

        if (!FindDevice(request))
        {
            return null;
        }

        var plan = broker.Prepare(request);
        Tell(plan);
        return caller.MayDo($"[{plan.Section}] in '{files.Credentials.Path}'", $"Get and store a session for profile '{plan.Profile}'")
            ? GetNew(plan, tokenCode)
            : null;
    }

    /// <summary>A new session by the profile's mfa_process, in place of one that still lives.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="hasJustFailed">Whether it was tried in vain a moment ago, asked once nobody else is at it.</param>
    /// <returns>Null when another process is at it, or it has just failed: the caller goes on with the session that there is.</returns>
    /// <exception cref="MfaException">Any of the catalogue.</exception>
    public MfaSession? TryRenewUnasked(SessionRequest request, Func<bool> hasJustFailed)
    {
        ArgumentNullException.ThrowIfNull(hasJustFailed);
        var plan = broker.Prepare(request);
        using var lease = broker.BeginAsking(plan);
        return lease.OtherHolder is null && !hasJustFailed() ? GetCodeAndRedeem(plan, lease) : null;
    }

    // Found once, the device is stored, and AWS is not asked for it again. An SDK waits for a process that it runs by itself: there AWS is asked for the
    // device only when the code can be asked for, too.
    private bool FindDevice(SessionRequest request)
    {
        if (broker.ProfileWithoutDevice(request) is not { } profile || !(caller.IsExplicit || caller.WhyNotAsk() is null))
        {
            return true;
        }

        bool mayDo = caller.MayDo(
            $"[{profile}{ProfileName.LongTermSuffix}] in '{files.Credentials.Path}'", $"Ask AWS for the MFA device of profile '{profile}' and store it");
        if (mayDo)
        {
            caller.StoreDevice(profile, request.Region);
        }

        return mayDo;
    }

    private void Tell(SessionPlan plan)
    {
        foreach (string detail in plan.Details)
        {
            caller.Detail(detail);
        }

        foreach (string warning in plan.Warnings)
        {
            caller.Warn(warning, isLasting: true);
        }
    }

    private MfaSession GetNew(SessionPlan plan, string? tokenCode)
    {
        if (tokenCode is not null)
        {
            return Redeem(plan, tokenCode);
        }

        if (plan.CodeCommand is null && caller.WhyNotAsk() is { } whyNot)
        {
            throw MfaErrors.TokenCodeRequired(plan.Profile, whyNot);
        }

        while (true)
        {
            using var lease = broker.BeginAsking(plan);
            if (lease.OtherHolder is null || MayAskBeside(plan, lease.OtherHolder))
            {
                return GetCodeAndRedeem(plan, lease);
            }

            if (caller.Wait(token => broker.WaitForOtherAsync(plan, token), $"Waiting for the session of '{plan.Profile}'") is { } session)
            {
                return session;
            }
        }
    }

    // An mfa_process that runs already gives the session for here too: running it twice would ask its person twice.
    private bool MayAskBeside(SessionPlan plan, string otherHolder)
    {
        if (plan.CodeCommand is not null)
        {
            caller.Detail($"The mfa_process of profile '{plan.Profile}' is run by {otherHolder} already.");
        }
        else if (caller.IsExplicit)
        {
            caller.Tell($"A code for profile '{plan.Profile}' is being asked for by {otherHolder} already. Answer there or here.");
        }

        return caller.IsExplicit && plan.CodeCommand is null;
    }

    private MfaSession GetCodeAndRedeem(SessionPlan plan, AskingLease lease)
    {
        // Between the first look and the lease another process may have been asked and answered.
        if (!plan.Request.Force && broker.FindUsable(plan.Request) is { } meanwhile)
        {
            return meanwhile;
        }

        try
        {
            return plan.CodeCommand is null ? AskAndRedeem(plan) : RunAndRedeem(plan);
        }
        catch (Exception e) when (!caller.IsExplicit && e is MfaException or OperationCanceledException)
        {
            // Those who wait for this answer must not each ask again.
            lease.Decline();
            throw;
        }
    }

    private MfaSession RunAndRedeem(SessionPlan plan)
    {
        caller.Detail($"The MFA code comes from the mfa_process of profile '{plan.Profile}'.");
        return Redeem(plan, caller.Wait(token => CodeCommand.RunAsync(plan, files.Config, token), $"Waiting for the mfa_process of '{plan.Profile}'"));
    }

    private MfaSession AskAndRedeem(SessionPlan plan)
    {
        for (int attempt = 1; ; attempt++)
        {
            string code = caller.AskForCode(plan);
            try
            {
                return Redeem(plan, code);
            }
            catch (MfaException e) when (e.Error.Id == MfaErrorId.TokenCodeAlreadyUsed && attempt <= MostSpentCodes)
            {
                caller.WaitForNextCode(e);
            }
        }
    }

    private MfaSession Redeem(SessionPlan plan, string code)
    {
        var result = caller.Wait(token => broker.RedeemAsync(plan, code, token), $"Getting a session for '{plan.Profile}'");
        foreach (string warning in result.Warnings)
        {
            caller.Warn(warning, isLasting: false);
        }

        caller.Detail(result.Session.Origin == SessionOrigin.Sts
            ? $"The new session of profile '{plan.Profile}' is stored in [{plan.Section}] and is valid for {DurationText.Format(result.Session.Remaining)}."
            : $"Another process has meanwhile got a session for profile '{plan.Profile}'. The code was not sent.");
        return result.Session;
    }
}

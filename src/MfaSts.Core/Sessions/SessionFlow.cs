using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Roles;

namespace MfaSts.Sessions;

/// <summary>
/// The way to a session, the same in the module and in the program: the stored one while it is usable; else the MFA device, the checks, the
/// code and the call. It runs on the caller's thread, since a host asks nowhere else.
/// </summary>
/// <param name="broker">The sessions.</param>
/// <param name="files">The AWS files.</param>
/// <param name="clock">The clock.</param>
/// <param name="caller">Who wants the session.</param>
public sealed class SessionFlow(SessionBroker broker, AwsFiles files, TimeProvider clock, ISessionCaller caller)
{
    private const int MostSpentCodes = 2;

    /// <summary>A session: the stored one while it is usable, else a new one.</summary>
    /// <param name="request">What is wanted.</param>
    /// <param name="tokenCode">The code, when it was given.</param>
    /// <returns>Null when the caller may not do it.</returns>
    /// <exception cref="MfaException">Any of the catalogue.</exception>
    public MfaSession? Get(SessionRequest request, string? tokenCode)
    {
        WriteUnstored();
        if (broker.FindUsable(request) is { } stored)
        {
            caller.Detail($"The stored session of profile '{stored.Profile}' in [{stored.Section}] of '{files.Credentials.Path}' is used; "
                + $"it has {DurationText.Format(stored.Remaining)} "
                + $"left.{(tokenCode is null ? string.Empty : " The code that was given was not sent.")}");
            return stored;
        }

        return broker.PrepareRole(request) is { } role ? GetOfRole(role, tokenCode) : GetOfUser(request, tokenCode);
    }

    /// <summary>
    /// A new session in place of one that still lives, without a question: by the mfa_process, or of a role whose source's session lives.
    /// </summary>
    /// <param name="request">What is wanted.</param>
    /// <returns>Null when another process is at it, it has failed a moment ago, or somebody would have to be asked: the caller goes on with
    /// the session that there is.</returns>
    /// <exception cref="MfaException">Any of the catalogue.</exception>
    public MfaSession? TryRenewUnasked(SessionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return broker.PrepareRole(request) is { } role
            ? TakeRole(role, () => broker.FindUsable(role.SourceRequest) ?? TryRenewUnasked(role.SourceRequest), isEarly: true)
            : RenewByCommand(request);
    }

    private void WriteUnstored()
    {
        if (files.Credentials.WhyNotStored is not null
            && caller.Wait(token => Task.Run(() => broker.WriteUnstored(token), token), "Storing the session") is { } failure)
        {
            caller.Warn(MfaErrors.StillNotStored(failure), isLasting: false);
        }
    }

    private MfaSession? RenewByCommand(SessionRequest request)
    {
        if (!broker.HasCodeCommand(request))
        {
            return null;
        }

        var plan = broker.Prepare(request);
        var failure = new RenewalFailure(files, plan.Profile, clock);
        using var lease = broker.BeginAsking(plan);
        if (lease.OtherHolder is not null || failure.IsRecent)
        {
            return null;
        }

        try
        {
            return GetCodeAndRedeem(plan, lease);
        }
        catch (MfaException)
        {
            failure.Note();
            throw;
        }
    }

    private MfaSession? GetOfRole(RolePlan role, string? tokenCode)
    {
        Tell(role.Details, role.Warnings);
        string target = role.Section is null ? role.RoleArn : $"[{role.Section}] in '{files.Credentials.Path}'";
        if (!caller.MayDo(target, $"Get a session of the role '{role.RoleArn}' for profile '{role.Profile}'"))
        {
            return null;
        }

        if (!role.IsDirect)
        {
            return TakeRole(role, () => Get(role.SourceRequest, tokenCode), isEarly: false);
        }

        return FindDevice(role.Request) ? GetNew(broker.PrepareDirect(broker.PrepareRole(role.Request)!), tokenCode) : null;
    }

    // A session of the source that AWS no longer accepts is forgotten, once; and before a code is asked for, the long-term keys must be
    // good for one.
    private MfaSession? TakeRole(RolePlan role, Func<MfaSession?> getSource, bool isEarly)
    {
        for (bool isFirst = true; ; isFirst = false)
        {
            if (getSource() is not { } source)
            {
                return null;
            }

            try
            {
                return Told(
                    caller.Wait(token => broker.AssumeAsync(role, source, isEarly, token), $"Taking the role of '{role.Profile}'"),
                    role.Profile);
            }
            catch (MfaException e) when (isFirst && e.Error.Id == MfaErrorId.SessionExpired)
            {
                caller.Detail($"AWS no longer accepts the session of profile '{source.Profile}'; it is forgotten.");
                caller.Wait(
                    token =>
                    {
                        broker.Forget(source, token);
                        return broker.IdentifyAsync(broker.PrepareIdentity(role.Source, role.Request.Region), token);
                    },
                    $"Checking the keys of '{role.Source}'");
            }
        }
    }

    private MfaSession? GetOfUser(SessionRequest request, string? tokenCode)
    {
        if (!FindDevice(request))
        {
            return null;
        }

        var plan = broker.Prepare(request);
        Tell(plan.Details, plan.Warnings);
        return caller.MayDo($"[{plan.Section}] in '{files.Credentials.Path}'", $"Get and store a session for profile '{plan.Profile}'")
            ? GetNew(plan, tokenCode)
            : null;
    }

    // Found once, the device is stored, and AWS is not asked for it again. An SDK waits for a process that it runs by itself: there AWS is
    // asked for the device only when the code can be asked for, too.
    private bool FindDevice(SessionRequest request)
    {
        if (broker.ProfileWithoutDevice(request) is not { } profile || !(caller.IsExplicit || caller.WhyNotAsk() is null))
        {
            return true;
        }

        bool mayDo = caller.MayDo(
            $"[{profile}{ProfileName.LongTermSuffix}] in '{files.Credentials.Path}'", $"Ask AWS for the MFA device of profile '{profile}' "
                + "and store it");
        if (mayDo)
        {
            caller.StoreDevice(profile, request.Region);
        }

        return mayDo;
    }

    private void Tell(IEnumerable<string> details, IEnumerable<string> warnings)
    {
        foreach (string detail in details)
        {
            caller.Detail(detail);
        }

        foreach (string warning in warnings)
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
            throw MfaErrors.TokenCodeRequired(plan.Source, whyNot);
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
            caller.Detail($"The mfa_process of profile '{plan.Source}' is run by {otherHolder} already.");
        }
        else if (caller.IsExplicit)
        {
            caller.Tell($"A code for profile '{plan.Source}' is being asked for by {otherHolder} already. Answer there or here.");
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
            // First: a code that is typed while the secret cannot be had is typed for nothing.
            caller.Wait(token => broker.UnlockAsync(plan, token), $"Reading the secret access key of '{plan.Source}'");
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
        caller.Detail($"The MFA code comes from the mfa_process of profile '{plan.Source}'.");
        bool mayUseTerminal = caller.WhyNotAsk() is null;
        return Redeem(
            plan,
            caller.Wait(
                token => CodeCommand.RunAsync(plan, files.Config, mayUseTerminal, token),
                $"Waiting for the mfa_process of '{plan.Source}'"));
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

    private MfaSession Redeem(SessionPlan plan, string code) =>
        Told(caller.Wait(token => broker.RedeemAsync(plan, code, token), $"Getting a session for '{plan.Profile}'"), plan.Profile)!;

    private MfaSession? Told(SessionResult? result, string profile)
    {
        foreach (string warning in result?.Warnings ?? [])
        {
            caller.Warn(warning, isLasting: false);
        }

        if (result?.Session is { } session)
        {
            caller.Detail(session.Origin != SessionOrigin.Sts
                ? $"Another process has meanwhile got a session for profile '{profile}'. Nothing was sent."
                : $"The new session of profile '{profile}' "
                    + $"{WhereIs(session)} "
                    + $"and is valid for {DurationText.Format(session.Remaining)}.");
        }

        return result?.Session;
    }

    private string WhereIs(MfaSession session) =>
        session.Section is null || files.Credentials.WhyNotStored is not null ? "is not stored" : $"is stored in [{session.Section}]";
}

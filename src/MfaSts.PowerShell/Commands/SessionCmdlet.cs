using System.Management.Automation;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Commands;

/// <summary>Gets a session: the stored one while it is usable, else a new one for a code. Get-MfaSessionToken and Use-MfaSession share it.</summary>
public abstract class SessionCmdlet : MfaCmdlet
{
    private const int AsksForNextCode = 2;

    /// <summary>The six digits that the MFA device shows. Not needed, and not used, while a usable session is stored.</summary>
    [Parameter]
    public string? TokenCode { get; set; }

    /// <summary>How long a new session shall live: 15 minutes to 36 hours, 12 hours unless configured otherwise.</summary>
    [Parameter]
    [Alias("DurationInSeconds", "DurationSeconds")]
    [DurationTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan? Duration { get; set; }

    /// <summary>The MFA device: an ARN, or a hardware device's serial number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SerialNumberCompleter))]
    public string? SerialNumber { get; set; }

    /// <summary>The region whose STS is asked, and which the session names.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>
    /// The section of the credentials file to keep the session in, by whose name other tools know it. It is remembered until the session is removed.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(SessionSectionCompleter))]
    public string? SessionProfile { get; set; }

    /// <summary>A stored session with this much time left, or less, is replaced by a new one. 5 minutes unless said otherwise.</summary>
    [Parameter]
    [DurationTransformation(AllowZero = true)]
    public TimeSpan? MinimumRemaining { get; set; }

    /// <summary>Get a new session even though a usable one is stored.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Fail instead of asking for a code.</summary>
    [Parameter]
    public SwitchParameter NoPrompt { get; set; }

    /// <summary>What the parameters ask for.</summary>
    private protected SessionRequest RequestFor(string profile, TimeSpan minimumRemaining, bool force) => new()
    {
        Profile = profile,
        SessionProfile = SessionProfile is null ? null : ProfileName.Require(SessionProfile),
        SerialNumber = SerialNumber,
        Region = Region,
        Duration = Duration,
        MinimumRemaining = minimumRemaining,
        Force = force,
    };

    /// <summary>The session of a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="force">Get a new one in any case.</param>
    /// <returns>Null under -WhatIf, or when the user said no.</returns>
    private protected MfaSession? GetSession(string profile, bool force = false)
    {
        var request = RequestFor(profile, MinimumRemaining ?? SessionRequest.UsualMinimumRemaining, Force || force);
        if (Broker.FindUsable(request) is { } stored)
        {
            WriteVerbose($"The stored session of profile '{profile}' in [{stored.Section}] of '{Files.Credentials.Path}' is used; it has {DurationText.Format(stored.Remaining)} left."
                + (TokenCode is null ? string.Empty : " The code that was given is not."));
            return stored;
        }

        if (Broker.ProfileWithoutDevice(request) is { } unequipped && !FindDevice(unequipped))
        {
            return null;
        }

        var plan = Broker.Prepare(request);
        Tell(plan);
        return ShouldProcess($"[{plan.Section}] in '{Files.Credentials.Path}'", $"Get and store a session for profile '{profile}'") ? GetNew(plan) : null;
    }

    // Found once, the device is stored, and AWS is not asked for it again.
    private bool FindDevice(string profile)
    {
        if (!ShouldProcess($"[{profile}{ProfileName.LongTermSuffix}] in '{Files.Credentials.Path}'", $"Ask AWS for the MFA device of profile '{profile}' and store it"))
        {
            return false;
        }

        var device = FindDevice(profile, Region, mayAsk: !NoPrompt);
        WriteVerbose($"AWS names {device} as MFA device; it is stored for profile '{profile}'.");
        return true;
    }

    private void Tell(SessionPlan plan)
    {
        WriteVerbose(plan.Details);
        foreach (string warning in plan.Warnings)
        {
            WarnOnce(warning);
        }
    }

    private MfaSession GetNew(SessionPlan plan)
    {
        if (TokenCode is not null)
        {
            return Redeem(plan, TokenCode);
        }

        if (plan.CodeCommand is not null)
        {
            return RunAndRedeem(plan);
        }

        string? whyNot = NoPrompt ? "-NoPrompt was given" : Asker.WhyNot();
        return whyNot is null ? AskAndRedeem(plan) : throw MfaErrors.TokenCodeRequired(plan.Profile, whyNot);
    }

    // The command may itself ask a person: while it runs for one process, the others wait for the session that comes of it.
    private MfaSession RunAndRedeem(SessionPlan plan)
    {
        string waiting = $"Waiting for the mfa_process of '{plan.Profile}'";
        while (true)
        {
            using var lease = Broker.BeginAsking(plan);
            if (lease.OtherHolder is null)
            {
                if (!plan.Request.Force && Broker.FindUsable(plan.Request) is { } meanwhile)
                {
                    return meanwhile;
                }

                WriteVerbose($"The MFA code comes from the mfa_process of profile '{plan.Profile}'.");
                return Redeem(plan, Wait(token => CodeCommand.RunAsync(plan, Files.Config, token), waiting));
            }

            WriteVerbose($"The mfa_process of profile '{plan.Profile}' is run by {lease.OtherHolder} already.");
            if (Wait(token => Broker.WaitForOtherAsync(plan, token), waiting) is { } session)
            {
                return session;
            }
        }
    }

    private MfaSession AskAndRedeem(SessionPlan plan)
    {
        for (int attempt = 1; ; attempt++)
        {
            string code = AskForCode(plan);
            try
            {
                return Redeem(plan, code);
            }
            catch (MfaException e) when (e.Error.Id == MfaErrorId.TokenCodeAlreadyUsed && attempt <= AsksForNextCode)
            {
                Asker.Tell(e.Error.Message);
                WaitForNextCode();
            }
        }
    }

    private string AskForCode(SessionPlan plan)
    {
        using var lease = Broker.BeginAsking(plan);
        if (lease.OtherHolder is { } other)
        {
            Asker.Tell($"A code for profile '{plan.Profile}' is being asked for by {other} already; answer there or here.");
        }

        return Asker.AskSecret(plan.Profile, "An MFA code", $"MFA code for profile '{plan.Profile}' ({plan.SerialNumber})");
    }

    private MfaSession Redeem(SessionPlan plan, string code)
    {
        var result = Wait(token => Broker.RedeemAsync(plan, code, token), $"Getting a session for '{plan.Profile}'");
        foreach (string warning in result.Warnings)
        {
            WriteWarning(warning);
        }

        WriteVerbose(result.Session.Origin == SessionOrigin.Sts
            ? $"The new session of profile '{plan.Profile}' is stored in [{plan.Section}] and lives {DurationText.Format(result.Session.Remaining)}."
            : $"Another process has got a session for profile '{plan.Profile}' meanwhile; the code was not sent.");
        return result.Session;
    }

    // Devices show a new code at each half minute (RFC 6238's time step).
    private void WaitForNextCode()
    {
        var step = TimeSpan.FromSeconds(30);
        using var progress = new WaitProgress(this, "Waiting for the next MFA code", 0);
        var end = TimeProvider.System.GetUtcNow();
        end = new DateTimeOffset(end.Ticks - (end.Ticks % step.Ticks), TimeSpan.Zero) + step;
        while (end - TimeProvider.System.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            progress.Show(left, step);
            StopToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(250));
            StopToken.ThrowIfCancellationRequested();
        }
    }
}

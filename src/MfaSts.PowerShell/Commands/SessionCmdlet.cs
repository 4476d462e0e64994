using System.Management.Automation;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;
using MfaSts.Profiles;
using MfaSts.Roles;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Commands;

/// <summary>
/// Gets a session: the stored one while it is usable, else a new one for a code. Get-MfaSessionToken and Use-MfaSession share it.
/// </summary>
public abstract class SessionCmdlet : MfaCmdlet
{
    /// <summary>The six digits that the MFA device shows. Not needed, and not used, while a usable session is stored.</summary>
    [Parameter]
    [TokenCodeTransformation]
    public string? TokenCode { get; set; }

    /// <summary>How long a new session is valid: 15 minutes to 36 hours, 12 hours unless configured otherwise.</summary>
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
    /// The section of the credentials file to keep the session in, by whose name other tools know it. It is remembered until the session is
    /// removed.
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

    private protected sealed override bool MayAsk => !NoPrompt && base.MayAsk;

    /// <summary>What the parameters ask for.</summary>
    private protected SessionRequest RequestFor(string profile, TimeSpan minimumRemaining, bool force, bool isOfUser = false) => new()
    {
        Profile = profile,
        SessionProfile = SessionProfile is null ? null : ProfileName.Require(SessionProfile),
        SerialNumber = SerialNumber,
        Region = Region,
        Duration = Duration,
        MinimumRemaining = minimumRemaining,
        Force = force,
        IsOfUser = isOfUser,
        Role = RoleFor(profile),
    };

    /// <summary>A role that the parameters name, or null.</summary>
    private protected virtual RoleOptions? RoleFor(string profile) => null;

    /// <summary>The session of a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>Null under -WhatIf, or when the user said no.</returns>
    private protected MfaSession? GetSession(string profile) =>
        GetSession(RequestFor(profile, MinimumRemaining ?? SessionRequest.UsualMinimumRemaining, Force));

    /// <summary>The session that is asked for.</summary>
    /// <returns>Null under -WhatIf, or when the user said no.</returns>
    private protected MfaSession? GetSession(SessionRequest request) =>
        new SessionFlow(Broker, Files, TimeProvider.System, Caller()).Get(request, TokenCode);

    private DelegateCaller Caller() => new()
    {
        IsExplicit = true,
        WhyNotAsk = () => NoPrompt ? "-NoPrompt was given" : Asker.WhyNot(),
        AskForCode = plan => Asker.AskSecret(plan.Source, "An MFA code", plan.Question),
        WaitForNextCode = WaitForNextCode,
        MayDo = ShouldProcess,
        StoreDevice = StoreDevice,
        Await = Await,
        Detail = WriteVerbose,
        Tell = line => Asker.Tell(line),
        Warn = Warn,
    };

    private void StoreDevice(string profile, string? region)
    {
        var device = FindDevice(profile, region, mayAsk: !NoPrompt);
        WriteVerbose($"AWS names {device} as MFA device; it is now stored for profile '{profile}'.");
    }

    private void Warn(string warning, bool isLasting)
    {
        if (isLasting)
        {
            WarnOnce(warning);
        }
        else
        {
            WriteWarning(warning);
        }
    }

    // Devices show a new code at each half minute (RFC 6238's time step).
    private void WaitForNextCode(MfaException spent)
    {
        Asker.Tell(spent.Error.Message);
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

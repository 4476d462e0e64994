using System.Management.Automation;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;
using MfaSts.PowerShell.Renewal;
using MfaSts.PowerShell.Views;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Commands;

/// <summary>
/// Puts a session into this process's environment, for every AWS tool started from it, and takes away what would hide it; or does so only
/// around a script block.
/// </summary>
[Cmdlet(
    VerbsOther.Use, "MfaSession", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = ProfileSet)]
[OutputType(typeof(MfaSession))]
public sealed class UseMfaSessionCommand : RoleSessionCmdlet
{
    private const string ProfileSet = "Profile";
    private const string SessionSet = "Session";
    private const string RenewSet = "Renew";

    private static readonly TimeSpan UsualNotice = TimeSpan.FromMinutes(10);

    /// <summary>The profile, whose session is got as Get-MfaSessionToken gets it.</summary>
    [Parameter(Position = 0, ParameterSetName = ProfileSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = RenewSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>A session from Get-MfaSessionToken.</summary>
    [Parameter(ParameterSetName = SessionSet, Mandatory = true, ValueFromPipeline = true)]
    public MfaSession? InputObject { get; set; }

    /// <summary>
    /// Keep the session new from now on: use what is valid, ask for a code at the next prompt when it is about to end (10 minutes before,
    /// unless -MinimumRemaining says otherwise), in one shell, and take up what other shells have got. With -NoPrompt this shell never
    /// asks. For <c>$PROFILE</c>. -Renew:$false ends it.
    /// </summary>
    [Parameter(ParameterSetName = RenewSet, Mandatory = true)]
    public SwitchParameter Renew { get; set; }

    /// <summary>Run this with the session, and put the environment back behind it.</summary>
    [Parameter(ParameterSetName = ProfileSet)]
    [Parameter(ParameterSetName = SessionSet)]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>Name the session's section in AWS_PROFILE; no key goes into the environment.</summary>
    [Parameter]
    public SwitchParameter ByProfile { get; set; }

    /// <summary>Give the session as well.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        if (Renew)
        {
            KeepNew(ProfileOrDefault(Profile));
            return;
        }

        if (ParameterSetName == RenewSet && RenewalHooks.Current is { } renewal)
        {
            if (!ShouldProcess($"session of profile '{renewal.Profile}'", "End the renewal"))
            {
                return;
            }

            RenewalHooks.TakeOut();
            if (IsToEndOnly(renewal.Profile))
            {
                return;
            }
        }

        if ((InputObject ?? GetSession(Profile ?? Pick() ?? ProfileOrDefault(profile: null))) is { } session)
        {
            Use(session);
        }
    }

    // Only a person is asked who has named no profile in any way, and has none of the usual name.
    private string? Pick()
    {
        var variables = SessionEnvironment.Own;
        bool isNamed = (variables[SessionVariables.AwsProfile] ?? variables["AWS_DEFAULT_PROFILE"]
            ?? variables[SessionVariables.Profile]) is not null;
        if (isNamed || !MayAsk)
        {
            return null;
        }

        var choices = ProfileChoice.List(Files);
        return choices.Count < 2 || choices.Any(choice => choice.Profile == ProfileChoice.UsualName)
            ? null
            : choices[Asker.Choose(
                profile: null, "The profile", "Which profile's session should this shell use?", choices.Select(
                    choice => (choice.Label, choice.Help)))].Profile;
    }

    // Whoever wants no more questions must not be asked for a code: then the environment stays as it is.
    private bool IsToEndOnly(string profile) =>
        (Profile ?? profile) == profile
        && !MyInvocation.BoundParameters.Keys.Except(CommonParameters).Except(OptionalCommonParameters)
            .Except([nameof(Renew), nameof(Profile)]).Any();

    private void Use(MfaSession session)
    {
        if (session.IsExpired)
        {
            throw MfaErrors.SessionExpired(session.Profile, session.Expiration);
        }

        if (ByProfile && session.Section is null)
        {
            throw MfaErrors.SessionNotStored(session.Profile);
        }

        if (ScriptBlock is not null)
        {
            if (ShouldProcess($"session of profile '{session.Profile}'", "Put into the environment around the script block"))
            {
                RunWith(session, ScriptBlock);
            }
        }
        else if (ShouldProcess($"session of profile '{session.Profile}'", "Put into the environment"))
        {
            Put(session);
            if (RenewalHooks.Current is { } renewal && renewal.Profile == session.Profile)
            {
                renewal.Remember(session);
            }
        }
    }

    private void Put(MfaSession session)
    {
        Warn(session);
        using (var turn = SessionEnvironment.Use(session, Files, ByProfile, Runspace))
        {
            Await(turn);
        }

        if (PassThru)
        {
            WriteObject(SessionView.Wrap(session));
        }
    }

    // Nothing here waits or asks unless a code, or -Force, was given: this runs in $PROFILE, where nobody sees a prompt yet.
    private void KeepNew(string profile)
    {
        var request = RequestFor(profile, TimeSpan.Zero, force: false);
        var session = Force || TokenCode is not null ? GetSession(profile) : FindOrCheck(request);
        if (!ShouldProcess($"session of profile '{profile}'", "Put into the environment and renew"))
        {
            return;
        }

        if (session is not null)
        {
            Put(session);
        }

        var renewal = new SessionRenewal(new RenewalTerms(request, MinimumRemaining ?? UsualNotice, ByProfile, !NoPrompt), Files, Host);
        if (session is not null)
        {
            renewal.Remember(session);
        }

        // The cmdlet's own InvokeCommand is another object, whose actions nobody runs.
        RenewalHooks.PutIn(renewal, ((EngineIntrinsics)SessionState.PSVariable.GetValue("ExecutionContext")).InvokeCommand);
    }

    private MfaSession? FindOrCheck(SessionRequest request)
    {
        var session = Broker.FindUsable(request);
        if (session is null && !NoPrompt)
        {
            // A profile that nothing can be got for is better told of here than at the prompt.
            _ = Broker.ProfileWithoutDevice(request);
        }

        return session;
    }

    // A steppable pipeline streams the block's output and keeps its scope; and it lets the environment be put back however the block ends.
    private void RunWith(MfaSession session, ScriptBlock block)
    {
        Warn(session);
        using var turn = SessionEnvironment.UseForBlock(session, Files, ByProfile, Runspace);
        Await(turn);
        if (session.IsExpired)
        {
            throw MfaErrors.SessionExpired(session.Profile, session.Expiration);
        }

        SessionEnvironment.BeginBlock(turn);
        using var pipeline = ScriptBlock.Create("param($b) . $b").GetSteppablePipeline(CommandOrigin.Internal, [block]);
        pipeline.Begin(this);
        pipeline.Process();
        pipeline.End();
    }

    private void Warn(MfaSession session)
    {
        if (SessionState.PSVariable.GetValue("StoredAWSCredentials") is not null)
        {
            WarnOnce(
                "The variable $StoredAWSCredentials is set, and AWS.Tools uses it instead of the environment. Remove it with: "
                    + "Clear-AWSCredential");
        }

        if (!ByProfile && HasEndpointSettings(session.Profile))
        {
            WarnOnce(
                $"Profile '{session.Profile}' has endpoint settings, which other tools see only by profile. Use -ByProfile to keep them.");
        }
    }

    // A session from the pipeline is used even when a file is broken: only the warning goes missing.
    private bool HasEndpointSettings(string profile)
    {
        try
        {
            return Sessions.HasEndpointSettings(profile);
        }
        catch (MfaException)
        {
            return false;
        }
    }
}

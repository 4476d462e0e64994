using System.Management.Automation;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;
using MfaSts.PowerShell.Views;

namespace MfaSts.PowerShell.Commands;

/// <summary>
/// Puts a session into this process's environment, for every AWS tool started from it, and takes away what would hide it; or does so only around a script
/// block.
/// </summary>
[Cmdlet(VerbsOther.Use, "MfaSession", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low, DefaultParameterSetName = ProfileSet)]
[OutputType(typeof(MfaSession))]
public sealed class UseMfaSessionCommand : SessionCmdlet
{
    private const string ProfileSet = "Profile";
    private const string SessionSet = "Session";

    /// <summary>The profile, whose session is got as Get-MfaSessionToken gets it.</summary>
    [Parameter(Position = 0, ParameterSetName = ProfileSet, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>A session from Get-MfaSessionToken.</summary>
    [Parameter(ParameterSetName = SessionSet, Mandatory = true, ValueFromPipeline = true)]
    public MfaSession? InputObject { get; set; }

    /// <summary>Run this with the session, and put the environment back behind it.</summary>
    [Parameter]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>Name the session's section in AWS_PROFILE; no key goes into the environment.</summary>
    [Parameter]
    public SwitchParameter ByProfile { get; set; }

    /// <summary>Give the session as well.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        var session = InputObject ?? GetSession(ProfileOrDefault(Profile));
        if (session is null)
        {
            return;
        }

        if (session.IsExpired)
        {
            throw MfaErrors.SessionExpired(session.Profile, session.Expiration);
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
            Warn(session);
            SessionEnvironment.Use(session, Files, ByProfile);
            if (PassThru)
            {
                WriteObject(SessionView.Wrap(session));
            }
        }
    }

    // A steppable pipeline streams the block's output and keeps its scope; and it lets the environment be put back however the block ends.
    private void RunWith(MfaSession session, ScriptBlock block)
    {
        Warn(session);
        using var scope = SessionEnvironment.Begin();
        SessionEnvironment.Use(session, Files, ByProfile);
        using var pipeline = ScriptBlock.Create("param($b) . $b").GetSteppablePipeline(CommandOrigin.Internal, [block]);
        pipeline.Begin(this);
        pipeline.Process();
        pipeline.End();
    }

    private void Warn(MfaSession session)
    {
        if (SessionState.PSVariable.GetValue("StoredAWSCredentials") is not null)
        {
            WarnOnce("The variable $StoredAWSCredentials is set, and AWS.Tools takes it over the environment. Remove it with: Clear-AWSCredential");
        }

        if (!ByProfile && HasEndpointSettings(session.Profile))
        {
            WarnOnce($"Profile '{session.Profile}' has endpoint settings, which other tools see only by profile. Use -ByProfile to keep them.");
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

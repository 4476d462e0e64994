using System.Management.Automation;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;
using MfaSts.PowerShell.Renewal;
using MfaSts.Profiles;

namespace MfaSts.PowerShell.Commands;

/// <summary>Lists the sessions on this machine with the time they have left. Secrets are never shown.</summary>
[Cmdlet(VerbsCommon.Get, "MfaSession", DefaultParameterSetName = "Profile")]
[OutputType(typeof(MfaSessionInfo))]
public sealed class GetMfaSessionCommand : MfaCmdlet
{
    /// <summary>The profiles; wildcards are allowed. All when it is absent.</summary>
    [Parameter(Position = 0, ParameterSetName = "Profile", ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[]? Profile { get; set; }

    /// <summary>Only the session in this process's environment; nothing when there is none.</summary>
    [Parameter(ParameterSetName = "Active", Mandatory = true)]
    public SwitchParameter Active { get; set; }

    private protected override bool IsOneOfSeveral => base.IsOneOfSeveral || Profile is { Length: > 1 };

    private protected override void Process()
    {
        string? renewed = RenewalHooks.Current is { IsInForce: true } renewal ? renewal.Profile : null;
        var sessions = Sessions.List(SessionEnvironment.ActiveAccessKeyId, SessionEnvironment.ActiveSection, renewed);
        if (Active)
        {
            var active = sessions.Where(session => session.IsActive).ToList();
            if (active.Count == 0 && Sessions.FromEnvironment(EnvironmentVariables.OfProcess, renewed) is { } inherited)
            {
                active.Add(inherited);
            }

            WriteObject(active, enumerateCollection: true);
            return;
        }

        Warn();
        Matching.Write(
            this,
            sessions,
            session => session.Profile,
            Profile,
            profile => Report(Sessions.NotFound(profile)));
    }

    // What stands where AWS tools look is told where it is listed.
    private void Warn()
    {
        var profiles = Profile?.Where(name => !WildcardPattern.ContainsWildcardCharacters(name)) ?? (IEnumerable<string?>)[null];
        foreach (string? profile in profiles)
        {
            WarnOnce(Doctor.ExamineSessions(profile));
        }
    }
}

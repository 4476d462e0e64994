using System.Management.Automation;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Commands;

/// <summary>Removes stored sessions from the credentials file. Other keys in their sections, and long-term access keys, stay.</summary>
[Cmdlet(
    VerbsCommon.Remove,
    "MfaSession",
    SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.High,
    DefaultParameterSetName = "Profile")]
public sealed class RemoveMfaSessionCommand : MfaCmdlet
{
    private readonly HashSet<string> _removed = [];

    /// <summary>The profile.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Profile", ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string Profile { get; set; } = string.Empty;

    /// <summary>The section that holds the session, when a profile has more than one; Get-MfaSession gives it.</summary>
    [Parameter(ParameterSetName = "Profile", ValueFromPipelineByPropertyName = true)]
    public string? Section { get; set; }

    /// <summary>All sessions that MfaSts stored and that have expired.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Expired")]
    public SwitchParameter Expired { get; set; }

    private protected override void Process()
    {
        var sessions = Sessions.List(activeAccessKeyId: null);
        if (Section is not null && _removed.Contains(Section))
        {
            // It went with its source, which came through the pipeline before it.
            return;
        }

        var chosen = Expired
            ? sessions.Where(session => session.State == MfaSessionState.Expired && session.Manager == MfaSessionInfo.ManagerName).ToList()
            : sessions.Where(
                session => Section is null ? session.Profile == Profile || session.Section == Profile : session.Section == Section)
                    .ToList();
        if (chosen.Count == 0 && !Expired)
        {
            throw Sessions.NotFound(Profile);
        }

        // Whoever gives up a user's session means what was taken with it, too.
        foreach (var session in chosen.Concat(sessions.Where(role => chosen.Exists(one => IsTakenWith(one, role)))).Distinct().ToList())
        {
            if (ShouldProcess($"[{session.Section}] in '{session.Path}'", "Remove session"))
            {
                WaitForFiles(token => Sessions.Remove(session, token));
                _removed.Add(session.Section!);
            }
        }
    }

    private bool IsTakenWith(MfaSessionInfo source, MfaSessionInfo role) =>
        !Expired && source.SessionSource is null && role.SessionSource == source.Profile;
}

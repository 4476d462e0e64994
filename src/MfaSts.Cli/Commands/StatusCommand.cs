using System.CommandLine;
using MfaSts.Cli.Output;
using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Cli.Commands;

/// <summary>Tells whether a profile has a usable session, by its exit code too.</summary>
internal sealed class StatusCommand : DescribedCommand
{
    public StatusCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("status", "[profile]", "Show whether a profile has a usable session: exit code 0 if it has, 1 if not.",
            "mfasts status prod",
            "mfasts status prod --quiet && deploy")
    {
        var profile = Parts.Profile(host);
        var json = Parts.Json();
        Add(profile);
        Add(json);
        SetAction(parsed =>
        {
            var said = messages(parsed);
            string name = new SessionSource(host, said).ProfileOrDefault(parsed.GetValue(profile));
            var session = new SessionStore(host.Files, host.Clock).List(host.Variables[SessionVariables.AccessKeyId])
                .FirstOrDefault(candidate => candidate.Profile == name);
            if (session is null)
            {
                string meant = NearestProfile.Of(name, host.Files) is { } nearest ? " " + MfaErrors.DidYouMean(nearest) : string.Empty;
                said.Say($"No session is stored for profile '{name}'.{meant}");
            }

            foreach (var finding in host.Doctor.ExamineSessions(name))
            {
                said.Warn(finding.ToString());
            }

            if (!said.IsQuiet && (session is not null || parsed.GetValue(json)))
            {
                SessionTable.Write(host.Output, session is null ? [] : [session], parsed.GetValue(json));
            }

            return session?.State == MfaSessionState.Usable ? ExitCodes.Success : ExitCodes.NotUsable;
        });
    }
}

using System.CommandLine;
using MfaSts.Sessions;

namespace MfaSts.Cli.Commands;

/// <summary>Removes a profile's stored session.</summary>
internal sealed class LogoutCommand : DescribedCommand
{
    public LogoutCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("logout", "[profile]", "Remove a profile's stored session, and those of its roles. Long-term keys stay.",
            "mfasts logout prod")
    {
        var profile = Parts.Profile(host);
        Add(profile);
        SetAction((parsed, cancellationToken) =>
        {
            var said = messages(parsed);
            string name = new SessionSource(host, said).ProfileOrDefault(parsed.GetValue(profile));
            var store = new SessionStore(host.Files, host.Clock);
            var roles = store.RolesOf(name);
            if (!store.Remove(name, cancellationToken))
            {
                throw store.NotFound(name);
            }

            said.Say(
                $"The session of profile '{name}' is "
                    + $"removed.{(roles.Count == 0 ? string.Empty : $" So are those of its roles: {string.Join(", ", roles)}.")}");
            return Task.FromResult(ExitCodes.Success);
        });
    }
}

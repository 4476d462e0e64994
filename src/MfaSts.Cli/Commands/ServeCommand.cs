using System.CommandLine;
using System.Text;
using MfaSts.Cli.Endpoint;
using MfaSts.Cli.Output;
using MfaSts.Errors;
using MfaSts.Loopback;
using MfaSts.Sessions;

namespace MfaSts.Cli.Commands;

/// <summary>Gives the sessions of profiles by an endpoint on this machine, until Ctrl+C.</summary>
internal sealed class ServeCommand : DescribedCommand
{
    public ServeCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("serve", "[profile...]", "Give profiles' sessions by an endpoint on this machine, renewed, until Ctrl+C.",
            "mfasts serve prod",
            "mfasts serve prod admin --format powershell")
    {
        var profiles = Parts.Profiles(host);
        var format = Parts.Format();
        Add(profiles);
        Add(format);
        SetAction(async (parsed, cancellationToken) =>
        {
            var said = messages(parsed);
            var source = new SessionSource(host, said);
            string[] named = parsed.GetValue(profiles) is { Length: > 0 } some ? some : [source.ProfileOrDefault(null)];
            var wanted = named.Select(source.ProfileOrDefault).Distinct().Select(Get).ToList();
            using var listener = LoopbackServer.Listen();
            string token = Unguessable.Make();
            foreach ((_, var session) in wanted)
            {
                string address = CredentialEndpoint.AddressOf(listener, session.Profile);
                Describe(session.Profile, ServedEnvironment.Address(address, token, session));
            }

            host.Output.Flush();
            said.Say(
                "The endpoint serves until Ctrl+C. An SDK takes keys from the environment and from profile default first: 'mfasts exec "
                    + "--serve' sees to that.");
            var keepers = wanted.Select(pair => new SessionKeeper(host, said, pair.Request, pair.Session));
            await new CredentialEndpoint(listener, token, keepers).RunAsync(cancellationToken).ConfigureAwait(false);
            return ExitCodes.Success;

            (SessionRequest Request, MfaSession Session) Get(string profile)
            {
                var request = new SessionRequest { Profile = profile };
                return (request, source.Get(request, tokenCode: null, isExplicit: true, cancellationToken));
            }

            void Describe(string profile, Dictionary<string, string> variables)
            {
                string text = AssignmentFormat.Named(parsed.GetValue(format)!).Write(variables, []);
                string title = wanted.Count > 1 ? $"# {PrintableText.Escape(profile)}\n" : string.Empty;
                host.Output.Write(Encoding.UTF8.GetBytes(title + text));
            }
        });
    }
}

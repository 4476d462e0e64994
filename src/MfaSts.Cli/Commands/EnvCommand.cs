using System.CommandLine;
using System.Text;
using MfaSts.Cli.Output;
using MfaSts.Sessions;

namespace MfaSts.Cli.Commands;

/// <summary>Writes a session as assignments that a shell can evaluate.</summary>
internal sealed class EnvCommand : DescribedCommand
{
    public EnvCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("env", "[profile]", "Write a profile's session as environment variables, quoted for a shell.",
            "eval \"$(mfasts env prod)\"",
            "mfasts env prod --format fish | source",
            "mfasts env prod --format powershell | Out-String | Invoke-Expression",
            "eval \"$(mfasts env --unset)\"")
    {
        var profile = Parts.Profile(host);
        var section = Parts.SessionProfile();
        var format =
            new Option<string>("--format")
            {
                Description = "bash (any POSIX shell), fish, powershell, cmd, dotenv or json.",
                DefaultValueFactory = _ => "bash",
            };
        format.AcceptOnlyFromAmong([.. AssignmentFormat.Names]);
        var unset = new Option<bool>("--unset") { Description = "Write the commands that remove the session." };
        Add(profile);
        Add(section);
        Add(format);
        Add(unset);
        var role = new RoleParts(this);
        SetAction((parsed, cancellationToken) =>
        {
            var writer = AssignmentFormat.Named(parsed.GetValue(format)!);
            string text;
            if (parsed.GetValue(unset))
            {
                text = writer.Write(new Dictionary<string, string>(), SessionVariables.OfSession);
            }
            else
            {
                var source = new SessionSource(host, messages(parsed));
                string name = source.ProfileOrDefault(parsed.GetValue(profile));
                var request =
                    new SessionRequest { Profile = name, SessionProfile = parsed.GetValue(section), Role = role.Read(parsed, name) };
                var session = source.Get(request, tokenCode: null, isExplicit: true, cancellationToken);
                text = writer.Write(session.ToEnvironment(), SessionVariables.Hiding);
            }

            host.Output.Write(Encoding.UTF8.GetBytes(text));
            host.Output.Flush();
            return Task.FromResult(ExitCodes.Success);
        });
    }
}

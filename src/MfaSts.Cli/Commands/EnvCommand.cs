using System.CommandLine;
using System.Text;
using MfaSts.Cli.Output;
using MfaSts.Sessions;

namespace MfaSts.Cli.Commands;

/// <summary>Writes a session as assignments that a shell can evaluate.</summary>
internal sealed class EnvCommand : DescribedCommand
{
    private const string Sts = "sts";

    public EnvCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("env", "[profile]", "Write a profile's session as environment variables, quoted for a shell.",
            "eval \"$(mfasts env prod)\"",
            "mfasts env prod --format fish | source",
            "mfasts env prod --format powershell | Out-String | Invoke-Expression",
            "mfasts env prod --format sts",
            "eval \"$(mfasts env --unset)\"")
    {
        var profile = Parts.Profile(host);
        var section = Parts.SessionProfile();
        var format = Parts.Format((Sts, "as aws sts prints a session"));
        var unset = new Option<bool>("--unset") { Description = "Write the commands that remove the session." };
        Add(profile);
        Add(section);
        Add(format);
        Add(unset);
        Validators.Add(result =>
        {
            if (result.GetValue(unset) && result.GetValue(format) == Sts)
            {
                result.AddError("--unset cannot be used with --format sts.");
            }
        });
        var role = new RoleParts(this);
        SetAction((parsed, cancellationToken) =>
        {
            string name = parsed.GetValue(format)!;
            string text = parsed.GetValue(unset)
                ? AssignmentFormat.Named(name).Write(new Dictionary<string, string>(), SessionVariables.OfSession)
                : Write(Get(parsed, cancellationToken), name);
            host.Output.Write(Encoding.UTF8.GetBytes(text));
            host.Output.Flush();
            return Task.FromResult(ExitCodes.Success);
        });

        MfaSession Get(ParseResult parsed, CancellationToken cancellationToken)
        {
            var source = new SessionSource(host, messages(parsed));
            string name = source.ProfileOrDefault(parsed.GetValue(profile));
            var request =
                new SessionRequest { Profile = name, SessionProfile = parsed.GetValue(section), Role = role.Read(parsed, name) };
            return source.Get(request, tokenCode: null, isExplicit: true, cancellationToken);
        }
    }

    private static string Write(MfaSession session, string format) => format == Sts
        ? StsJson.Of(session)
        : AssignmentFormat.Named(format).Write(session.ToEnvironment(), SessionVariables.Hiding);
}

using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaSts.Errors;
using MfaSts.Sessions;
using MfaSts.Sts;

namespace MfaSts.Cli.Commands;

/// <summary>Asks AWS whose a profile's session is or, without one, whose its long-term keys are.</summary>
internal sealed class WhoAmICommand : DescribedCommand
{
    public WhoAmICommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("whoami", "[profile]", "Show whose session a profile has or, without a session, whose long-term key.",
            "mfasts whoami prod",
            "mfasts whoami prod --json")
    {
        var profile = Parts.Profile(host);
        var json = Parts.Json();
        Add(profile);
        Add(json);
        SetAction(async (parsed, cancellationToken) =>
        {
            var said = messages(parsed);
            string name = new SessionSource(host, said).ProfileOrDefault(parsed.GetValue(profile));
            var broker = new SessionBroker(host.Files, host.Variables, host.Aws, host.Clock, host.Stores);
            var session = broker.FindUsable(new SessionRequest { Profile = name, MinimumRemaining = TimeSpan.Zero });
            said.Detail(
                session is null ? $"Profile '{name}' has no usable session; AWS is asked about its long-term key." : "AWS is asked about "
                    + $"the session in [{session.Section}].");
            var identity = session is null
                ? await IdentifyKeyAsync(broker, name, said, cancellationToken).ConfigureAwait(false)
                : await broker.IdentifyAsync(session, cancellationToken).ConfigureAwait(false);
            host.Output.Write(Encoding.UTF8.GetBytes(parsed.GetValue(json) ? Json(identity) : Text(identity)));
            host.Output.Flush();
            return ExitCodes.Success;
        });
    }

    private static Task<CallerIdentity> IdentifyKeyAsync(
        SessionBroker broker, string profile, Messages said, CancellationToken cancellationToken)
    {
        var plan = broker.PrepareIdentity(profile, region: null);
        said.Detail(plan.Details);
        return broker.IdentifyAsync(plan, cancellationToken);
    }

    private static string Text(CallerIdentity identity) =>
        $"Account  {PrintableText.Escape(identity.AccountId)}\nArn      {PrintableText.Escape(identity.Arn)}\nUserId   "
            + $"{PrintableText.Escape(identity.UserId)}\n";

    // The names of 'aws sts get-caller-identity'.
    private static string Json(CallerIdentity identity)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Indented = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            json.WriteStartObject();
            json.WriteString("UserId", identity.UserId);
            json.WriteString("Account", identity.AccountId);
            json.WriteString("Arn", identity.Arn);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}

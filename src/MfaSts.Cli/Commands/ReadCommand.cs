using System.CommandLine;
using System.Text;
using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.Cli.Commands;

/// <summary>Writes one value of a session, for shell start-up files.</summary>
internal sealed class ReadCommand : DescribedCommand
{
    // Under the names of the credentials file, as stscreds has them.
    private static readonly Dictionary<string, Func<MfaSession, string?>> Values = new(StringComparer.OrdinalIgnoreCase)
    {
        ["aws_access_key_id"] = session => session.AccessKeyId,
        ["aws_secret_access_key"] = session => session.SecretAccessKey,
        ["aws_session_token"] = session => session.SessionToken,
        ["expiration"] = session => session.ExpirationText,
        ["region"] = session => session.Region,
        ["account_id"] = session => session.AccountId,
    };

    public ReadCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("read", "KEY [profile]", "Write one value of a profile's session, without a newline.",
            "export AWS_ACCESS_KEY_ID=$(mfasts read aws_access_key_id prod)")
    {
        var key = new Argument<string>("key") { Description = string.Join(", ", Values.Keys) + "." };
        key.AcceptOnlyFromAmong([.. Values.Keys]);
        var profile = Parts.Profile(host);
        var section = Parts.SessionProfile();
        Add(key);
        Add(profile);
        Add(section);
        SetAction((parsed, cancellationToken) =>
        {
            var source = new SessionSource(host, messages(parsed));
            var request =
                new SessionRequest
                {
                    Profile = source.ProfileOrDefault(parsed.GetValue(profile)),
                    SessionProfile = parsed.GetValue(section),
                };
            var session = source.Get(request, tokenCode: null, isExplicit: true, cancellationToken);
            string name = parsed.GetValue(key)!;
            string value = Values[name](session) ?? throw MfaErrors.InputRequired(session.Profile, name, "the profile has none");
            host.Output.Write(Encoding.UTF8.GetBytes(value));
            host.Output.Flush();
            return Task.FromResult(ExitCodes.Success);
        });
    }
}

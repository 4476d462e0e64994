using System.CommandLine;
using MfaSts.Sessions;

namespace MfaSts.Cli.Commands;

/// <summary>Makes sure that a usable session is stored.</summary>
internal sealed class LoginCommand : DescribedCommand
{
    public LoginCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("login", "[profile]", "Get a usable session for a profile, for one MFA code.",
            "mfasts login prod",
            "mfasts login prod --duration 4h",
            "mfasts login prod --role-arn arn:aws:iam::210987654321:role/audit --session-profile audit",
            "pass otp aws | mfasts login prod --token-code -")
    {
        var profile = Parts.Profile(host);
        var tokenCode =
            new Option<string?>("--token-code")
            {
                Description = "The six digits that the device shows, or - to read them from standard "
                + "input."
            };
        var duration = Parts.Duration();
        var serialNumber = Parts.SerialNumber();
        var region = Parts.Region();
        var section = Parts.SessionProfile();
        var force = new Option<bool>("--force") { Description = "Get a new session even though a usable one is stored." };
        Add(profile);
        Add(tokenCode);
        Add(duration);
        Add(serialNumber);
        Add(region);
        Add(section);
        Add(force);
        var role = new RoleParts(this);
        SetAction(async (parsed, cancellationToken) =>
        {
            var said = messages(parsed);
            var source = new SessionSource(host, said);
            string name = source.ProfileOrDefault(parsed.GetValue(profile));
            var request = new SessionRequest
            {
                Profile = name,
                Role = role.Read(parsed, name),
                Duration = parsed.GetValue(duration),
                SerialNumber = parsed.GetValue(serialNumber),
                Region = parsed.GetValue(region),
                SessionProfile = parsed.GetValue(section),
                Force = parsed.GetValue(force),
            };
            string? code = parsed.GetValue(tokenCode);
            code = code == "-" ? await ReadCodeAsync(host.Input(), cancellationToken).ConfigureAwait(false) : code;
            var session = source.Get(request, code, isExplicit: true, cancellationToken);

            // To store it is what this command is for; and with this process the session is gone.
            if (host.Files.Credentials.WhyNotStored is { } failure)
            {
                throw failure;
            }

            said.Say(
                $"The session of profile '{session.Profile}' {(session.Section is null ? "is not stored and" : $"in [{session.Section}]")} "
                    + $"has {DurationText.Format(session.Remaining)} left.");
            return ExitCodes.Success;
        });
    }

    // The first line that says anything: some programs begin with an empty one, or with a byte order mark.
    private static async Task<string> ReadCodeAsync(TextReader input, CancellationToken cancellationToken)
    {
        while (await input.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (!line.EnumerateRunes().All(TokenCode.IsIgnored))
            {
                return line;
            }
        }

        return string.Empty;
    }
}

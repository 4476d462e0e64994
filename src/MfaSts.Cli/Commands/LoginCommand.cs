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
            "pass otp aws | mfasts login prod --token-code -")
    {
        var profile = Parts.Profile(host);
        var tokenCode = new Option<string?>("--token-code") { Description = "The six digits that the device shows, or - to read them from standard input." };
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
        SetAction(async (parsed, cancellationToken) =>
        {
            var said = messages(parsed);
            var source = new SessionSource(host, said);
            var request = new SessionRequest
            {
                Profile = source.ProfileOrDefault(parsed.GetValue(profile)),
                Duration = parsed.GetValue(duration),
                SerialNumber = parsed.GetValue(serialNumber),
                Region = parsed.GetValue(region),
                SessionProfile = parsed.GetValue(section),
                Force = parsed.GetValue(force),
            };
            string? code = parsed.GetValue(tokenCode);
            code = code == "-" ? await host.Input.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? string.Empty : code;
            var session = source.Get(request, code, isExplicit: true, cancellationToken);
            said.Say($"The session of profile '{session.Profile}' in [{session.Section}] has {DurationText.Format(session.Remaining)} left.");
            return ExitCodes.Success;
        });
    }
}

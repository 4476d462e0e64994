using System.CommandLine;
using System.CommandLine.Parsing;
using MfaSts.Cli.Output;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Roles;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Cli.Commands;

/// <summary>The arguments and options that several commands have.</summary>
internal static class Parts
{
    public static Argument<string?> Profile(CliHost host)
    {
        var profile = new Argument<string?>("profile")
        {
            Description = "The profile. Default: AWS_PROFILE, AWS_DEFAULT_PROFILE, MFASTS_PROFILE or 'default'.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        profile.CompletionSources.Add(_ => ProfileNames(host));
        profile.Validators.Add(RefuseOption);
        return profile;
    }

    public static Argument<string[]> Profiles(CliHost host)
    {
        var profiles = new Argument<string[]>("profile")
        {
            Description = "The profiles. Default: AWS_PROFILE, AWS_DEFAULT_PROFILE, MFASTS_PROFILE or 'default'.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        profiles.CompletionSources.Add(_ => ProfileNames(host));
        profiles.Validators.Add(RefuseOption);
        return profiles;
    }

    /// <param name="other">A format that only one command has, and what it is.</param>
    public static Option<string> Format((string Name, string Meaning)? other = null)
    {
        var format = new Option<string>("--format")
        {
            Description = "bash (any POSIX shell), fish, powershell, cmd, dotenv"
                + (other is var (name, meaning) ? $", json, or {name} ({meaning})." : " or json."),
            DefaultValueFactory = _ => "bash",
        };
        format.AcceptOnlyFromAmong([.. AssignmentFormat.Names, .. other is null ? (string[])[] : [other.Value.Name]]);
        return format;
    }

    public static Option<TimeSpan?> Duration() => new("--duration")
    {
        Description = "How long a new session is valid: 12h, 90m, 1h30m, or whole seconds.",
        CustomParser = ReadDuration,
    };

    public static Option<string?> SerialNumber() =>
        new("--serial-number") { Description = "The MFA device: an ARN, or a hardware device's serial number." };

    public static Option<string?> SessionProfile()
    {
        var section = new Option<string?>("--session-profile")
        {
            Description = "The section of the credentials file for the session. Remembered until the session is removed.",
        };
        section.Validators.Add(RefuseBadName);
        return section;
    }

    public static Option<string?> Store()
    {
        var store = new Option<string?>("--store")
        {
            Description =
                "Where the secret access key is kept: File (in clear), or System (the system's key store). Where it is now, unless said "
                    + "otherwise.",
        };
        store.CompletionSources.Add(KeyStoreName.File, KeyStoreName.System);
        return store;
    }

    public static Option<string?> Region() => new("--region") { Description = "The region whose STS is called." };

    public static Option<bool> Json() => new("--json") { Description = "Write JSON." };

    public static bool IsOption(string word) => word.StartsWith('-');

    private static TimeSpan? ReadDuration(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : string.Empty;
        if (DurationText.TryParse(text, out var duration))
        {
            return duration;
        }

        result.AddError($"'{text}' is not a duration. Write it in {DurationText.Forms}.");
        return null;
    }

    // The parser takes an option that it does not know for a profile. A profile of such a name can still be given by AWS_PROFILE.
    private static void RefuseOption(ArgumentResult result)
    {
        foreach (var token in result.Tokens.Where(token => IsOption(token.Value)))
        {
            result.AddError($"'{token.Value}' is not an option of this command.");
        }
    }

    private static void RefuseBadName(OptionResult result)
    {
        try
        {
            ProfileName.Require(result.Tokens.Count == 1 ? result.Tokens[0].Value : null);
        }
        catch (MfaException e)
        {
            result.AddError(e.Error.Message);
        }
    }

    // Completion never fails: a broken file completes to nothing.
    private static IEnumerable<string> ProfileNames(CliHost host)
    {
        try
        {
            return
            [
                .. new LongTermCredentialStore(host.Files).List().Select(credential => credential.Profile)
                    .Concat(new SessionStore(host.Files, host.Clock).List(activeAccessKeyId: null).Select(session => session.Profile))
                    .Concat(RoleProfile.List(host.Files).Select(role => role.Name))
                    .Distinct()
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (MfaException)
        {
            return [];
        }
    }
}

using System.CommandLine;
using MfaSts.Errors;
using MfaSts.Roles;

namespace MfaSts.Cli.Commands;

/// <summary>The options by which a command takes a role that no profile names.</summary>
internal sealed class RoleParts
{
    private readonly Option<string?> _arn =
        new("--role-arn") { Description = "Take this role with the profile's session; kept only with --session-profile." };
    private readonly Option<string?> _externalId = new("--external-id") { Description = "The external ID that the role asks for." };
    private readonly Option<string?> _sessionName =
        new("--role-session-name") { Description = "The name of the role's session; the user's name when left out." };
    private readonly Option<string[]> _tags = new("--tag") { Description = "A session tag, KEY=VALUE; may be given several times." };
    private readonly Option<string[]> _transitive =
        new("--transitive-tag-key") { Description = "The key of a tag that goes on to further roles; may be given several times." };
    private readonly Option<string?> _identity = new("--source-identity") { Description = "The source identity." };
    private readonly Option<string?> _policy = new("--policy") { Description = "A session policy, as JSON." };
    private readonly Option<string[]> _policyArns =
        new("--policy-arn") { Description = "A managed policy for the session; may be given several times." };

    public RoleParts(Command command)
    {
        foreach (var option in (Option[])[_arn, _externalId, _sessionName, _tags, _transitive, _identity, _policy, _policyArns])
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            var companions = (Option[])[_externalId, _sessionName, _tags, _transitive, _identity, _policy, _policyArns];
            if (result.GetValue(_arn) is null && Array.Find(companions, option => result.GetResult(option) is not null) is { } companion)
            {
                result.AddError($"{companion.Name} needs --role-arn.");
            }
        });
    }

    /// <summary>The role that was given, or null.</summary>
    public RoleOptions? Read(ParseResult parsed, string profile) => parsed.GetValue(_arn) is not { } arn ? null : new RoleOptions
    {
        RoleArn = arn,
        ExternalId = parsed.GetValue(_externalId),
        RoleSessionName = parsed.GetValue(_sessionName),
        Tags = [.. (parsed.GetValue(_tags) ?? []).Select(tag => TagOf(tag, profile))],
        TransitiveTagKeys = parsed.GetValue(_transitive) ?? [],
        SourceIdentity = parsed.GetValue(_identity),
        Policy = parsed.GetValue(_policy),
        PolicyArns = parsed.GetValue(_policyArns) ?? [],
    };

    private static KeyValuePair<string, string> TagOf(string text, string profile) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
        ? new(text[..equals], text[(equals + 1)..])
        : throw MfaErrors.RoleSettingInvalid(profile, "session tag", $"'{text}' is not of the form KEY=VALUE");
}

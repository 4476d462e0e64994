using System.Collections;
using System.Management.Automation;
using MfaSts.Errors;
using MfaSts.Roles;

namespace MfaSts.PowerShell.Commands;

/// <summary>Gets a session as <see cref="SessionCmdlet"/> does, or that of a role that no profile names.</summary>
public abstract class RoleSessionCmdlet : SessionCmdlet
{
    private static readonly string[] RoleParameters =
        [nameof(ExternalId), nameof(RoleSessionName), nameof(Tag), nameof(TransitiveTagKey), nameof(SourceIdentity), nameof(Policy),
            nameof(PolicyArn)];

    /// <summary>
    /// A role that no profile names, taken with the profile's session. It is stored only when -SessionProfile names a section.
    /// </summary>
    [Parameter]
    public string? RoleArn { get; set; }

    /// <summary>The external ID that the role's trust policy asks for. Needs -RoleArn, as all that follows does.</summary>
    [Parameter]
    public string? ExternalId { get; set; }

    /// <summary>The name of the role's session in CloudTrail; the IAM user's name unless given.</summary>
    [Parameter]
    public string? RoleSessionName { get; set; }

    /// <summary>Session tags: @{ Project = 'blue' }.</summary>
    [Parameter]
    public Hashtable? Tag { get; set; }

    /// <summary>The keys of those tags that go on to roles taken from this one's session.</summary>
    [Parameter]
    public string[]? TransitiveTagKey { get; set; }

    /// <summary>The source identity, which stays through a chain of roles.</summary>
    [Parameter]
    public string? SourceIdentity { get; set; }

    /// <summary>A policy, as JSON, that narrows what the session may do.</summary>
    [Parameter]
    public string? Policy { get; set; }

    /// <summary>ARNs of managed policies that narrow what the session may do.</summary>
    [Parameter]
    public string[]? PolicyArn { get; set; }

    private protected override RoleOptions? RoleFor(string profile)
    {
        if (RoleArn is null)
        {
            return Array.Find(RoleParameters, MyInvocation.BoundParameters.ContainsKey) is { } companion
                ? throw MfaErrors.RoleSettingInvalid(profile, "parameter -" + companion, "it needs -RoleArn")
                : null;
        }

        return new RoleOptions
        {
            RoleArn = RoleArn,
            ExternalId = ExternalId,
            RoleSessionName = RoleSessionName,
            Tags = TagsOf(Tag),
            TransitiveTagKeys = TransitiveTagKey ?? [],
            SourceIdentity = SourceIdentity,
            Policy = Policy,
            PolicyArns = PolicyArn ?? [],
        };
    }

    private static List<KeyValuePair<string, string>> TagsOf(Hashtable? table)
    {
        var tags = new List<KeyValuePair<string, string>>();
        foreach (DictionaryEntry entry in table ?? [])
        {
            tags.Add(
                new(LanguagePrimitives.ConvertTo<string>(entry.Key), LanguagePrimitives.ConvertTo<string>(entry.Value) ?? string.Empty));
        }

        return tags;
    }
}

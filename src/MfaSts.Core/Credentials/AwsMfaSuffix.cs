using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Credentials;

/// <summary>
/// Sections that aws-mfa made with suffixes of the user's own (<c>--long-term-suffix</c>, <c>--short-term-suffix</c>). No file says which
/// they are, and any <c>[prod-eu]</c> may be a profile of that name; so a section counts only on aws-mfa's own marks, and a suffix with a
/// hyphen in it is not found.
/// </summary>
/// <param name="document">The credentials file.</param>
internal sealed class AwsMfaSuffix(IniDocument document)
{
    // Looked for once: thousands of profiles may have one prefix, and each asks for it.
    private readonly Dictionary<string, IniSection?> _sessions = [];
    private ILookup<string, IniSection>? _byPrefix;

    /// <summary>Sections that may hold the profile's long-term keys.</summary>
    public IEnumerable<IniSection> LikelyLongTermSections(string profile) => Suffixed(profile).Where(IsKeys);

    /// <summary>
    /// Sections with long-term keys of a profile that has a session of aws-mfa's, and no keys under its own name: normally one.
    /// </summary>
    public IEnumerable<IniSection> LongTermSections(string profile) =>
        HasSession(profile) && !HasKeysOfItsOwn(profile) ? LikelyLongTermSections(profile) : [];

    /// <summary>The one section with the profile's session under a suffix, or null.</summary>
    public IniSection? SessionSection(string profile)
    {
        if (!_sessions.TryGetValue(profile, out var session))
        {
            session =
                Suffixed(profile).Where(section => IsSession(section) && !HasKeysOfItsOwn(section.Name)).Take(2).ToArray() is [var only]
                ? only
                : null;
            _sessions.Add(profile, session);
        }

        return session;
    }

    /// <summary>The profile whose long-term keys a section holds, when its name is the profile's with a suffix; else null.</summary>
    public string? ProfileOfKeys(IniSection section) =>
        IsKeys(section) && Prefix(section) is { } profile && HasSession(profile) && !HasKeysOfItsOwn(profile) ? profile : null;

    /// <summary>The profile whose session a section holds, when its name is the profile's with a suffix; else null.</summary>
    public string? ProfileOfSession(IniSection section) =>
        IsSession(section) && Prefix(section) is { } profile && SessionSection(profile) == section
            && (HasKeysOfItsOwn(profile) || LikelyLongTermSections(profile).Any())
            ? profile
            : null;

    // Only what is behind the last hyphen can be a suffix: [prod-eu-x] would else be one of prod as well as of prod-eu.
    private static string? Prefix(IniSection section) =>
        ProfileName.ReservedSuffix(section.Name) is null && section.Name.LastIndexOf('-') is > 0 and var hyphen
            ? section.Name[..hyphen]
            : null;

    private static bool IsSession(IniSection section) =>
        section.FindKey(CredentialKeys.AssumedRole) is not null && CredentialKeys.IsSession(section);

    private static bool IsKeys(IniSection section) =>
        CredentialKeys.IsLongTerm(section) && CredentialKeys.NotEmpty(section, CredentialKeys.MfaDevice) is not null;

    private IEnumerable<IniSection> Suffixed(string profile) =>
        (_byPrefix ??= document.Sections.Where(section => Prefix(section) is not null).ToLookup(section => Prefix(section)!))[profile];

    private bool HasSession(string profile) =>
        document.Find(profile) is { } own ? IsSession(own) : SessionSection(profile) is not null;

    private bool HasKeysOfItsOwn(string name) =>
        document.Find(name + ProfileName.LongTermSuffix) is not null || document.Find(name + ProfileName.NoMfaSuffix) is not null
            || CredentialKeys.IsLongTerm(document.Find(name));
}

using MfaSts.Credentials;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Sessions;

/// <summary>The sections of the credentials file that hold sessions: whose each is, and which one a profile's goes to.</summary>
/// <param name="documents">The files as they were read.</param>
internal sealed class SessionSections(AwsDocuments documents)
{
    private readonly IniDocument _document = documents.Credentials;

    /// <summary>All sessions, in the order of the file.</summary>
    public IEnumerable<StoredSession> All =>
        _document.Sections.Where(section => section.Name != IniDocument.DefaultsName).Select(In).OfType<StoredSession>();

    /// <summary>The session in a section, or null.</summary>
    public StoredSession? In(string section) => In(_document.Find(section));

    /// <summary>
    /// The profile that a session belongs to: the one that the section names, or aws-mfa's suffix tells; of <c>[p-sts]</c>, where
    /// aws-mfa-sts writes for keys in <c>[p]</c>, it is <c>p</c>, unless a profile of that very name has long-term keys; else that of the
    /// section's name.
    /// </summary>
    public string ProfileOf(StoredSession session)
    {
        if (session.Owner is { } owner)
        {
            return owner;
        }

        string name = session.Section;
        if (!name.Contains('-', StringComparison.Ordinal))
        {
            // No suffix of any tool.
            return name;
        }

        if (ProfileName.OfSessionSection(name) is { } profile)
        {
            return (session.IsOurs || CredentialKeys.IsLongTerm(_document.Find(profile))) && !HasLongTermKeys(name) ? profile : name;
        }

        return documents.Suffixes.ProfileOfSession(_document.Find(name)!) ?? name;
    }

    /// <summary>The profile whose session stands under a name, else the name itself.</summary>
    public string ProfileOf(string name) => !HasLongTermKeys(name) && In(name) is { } session ? ProfileOf(session) : name;

    /// <summary>
    /// Where a profile's new session goes: where the user's choice or aws-mfa had put it before, else where it hides nothing.
    /// </summary>
    public string SectionFor(MfaProfile profile) => Elsewhere(profile)?.Section ?? profile.SessionSection;

    /// <summary>The profile's stored session, or null. One that has expired is given only when there is no other.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="chosen">The section that the user named for it, or null.</param>
    /// <param name="now">The time by which a session has expired.</param>
    public StoredSession? Find(MfaProfile profile, string? chosen, DateTimeOffset now)
    {
        // The likely place first: the others cost a look at every section.
        var usual = Given(profile, In(chosen ?? profile.SessionSection));
        if (chosen is not null || usual?.Expiration > now)
        {
            return usual;
        }

        var other = FindElsewhere(profile, now);
        return usual is null || other?.Expiration > now ? other : usual;
    }

    /// <summary>A profile of this name has long-term keys of its own, so the name means their session and no other's.</summary>
    public bool HasLongTermKeys(string name) =>
        LongTermLayout.All.Any(layout => layout != LongTermLayout.OtherSuffix && layout.SectionsOf(documents, name).Any(layout.Accepts));

    // Another profile's session is another account's, as likely as not. Asked by its section's name it is meant; unless that is a
    // profile's, too.
    private bool MayBeOf(string profile, StoredSession session)
    {
        if (session.Section == profile)
        {
            return session.Owner is null || session.Owner == profile || !HasLongTermKeys(profile);
        }

        string owner = ProfileOf(session);
        return owner == profile || (session.Owner is null && !HasLongTermKeys(owner));
    }

    // A role's session is nobody's own; asked for by its section's name it is meant.
    private StoredSession? Given(MfaProfile profile, StoredSession? session) =>
        session?.Expiration is not null && (session.RoleKey is null || session.Section == profile.Name) && MayBeOf(profile.Name, session)
            ? session
            : null;

    private StoredSession? FindElsewhere(MfaProfile profile, DateTimeOffset now)
    {
        // The profile's own section may have become free since; the session is no worse for that.
        var beside = In(profile.Name + ProfileName.SessionSuffix) is { IsOurs: true } session && ProfileOf(session) == profile.Name
            ? Given(profile, session)
            : null;
        if (beside?.Expiration > now)
        {
            return beside;
        }

        var elsewhere = Given(profile, Elsewhere(profile));
        return beside is null || elsewhere?.Expiration > now ? elsewhere : beside;
    }

    private StoredSession? Elsewhere(MfaProfile profile)
    {
        var chosen = All.LastOrDefault(
            session => session.Owner == profile.Name && session.RoleKey is null && !HasLongTermKeys(session.Section));
        if (chosen is not null)
        {
            return chosen;
        }

        return _document.Find(profile.SessionSection) is null ? In(documents.Suffixes.SessionSection(profile.Name)) : null;
    }

    private StoredSession? In(IniSection? section) => StoredSession.In(section, StscredsExpiration);

    // stscreds writes the session here, and when it ends beside the long-term keys.
    private string? StscredsExpiration(string profile) =>
        documents.Of(documents.Files.Stscreds).Find(profile) is { } section
            ? CredentialKeys.NotEmpty(section, CredentialKeys.StscredsExpiration)
            : null;
}

using MfaSts.Files;

namespace MfaSts.Profiles;

/// <summary>Section names that not every AWS SDK takes for the same profile.</summary>
internal static class SectionNameRemarks
{
    /// <summary>Those of the credentials file.</summary>
    public static IEnumerable<IniRemark> InCredentials(IniDocument document)
    {
        foreach (var section in document.Sections)
        {
            if (section.Name.StartsWith("profile ", StringComparison.Ordinal))
            {
                yield return new IniRemark(
                    section.Header.Number,
                    $"[{section.Name}] is another profile for each AWS SDK; in this file a section has the profile's bare name");
            }
            else if (HasInnerBlank(section.Name))
            {
                yield return new IniRemark(
                    section.Header.Number, $"[{section.Name}] has a blank in its name, and the AWS SDK for JavaScript does not find it");
            }
        }
    }

    /// <summary>Those of the config file.</summary>
    public static IEnumerable<IniRemark> InConfig(IniDocument document)
    {
        bool hasDefault = document.Find("default") is not null;
        foreach (var section in document.Sections)
        {
            if (section.Name == "profile default" && hasDefault)
            {
                yield return new IniRemark(
                    section.Header.Number,
                    "[default] and [profile default] are both there, and the AWS SDKs disagree on which of them counts");
            }
            else if (section.Name.StartsWith("profile ", StringComparison.Ordinal) && HasInnerBlank(section.Name["profile ".Length..]))
            {
                yield return new IniRemark(
                    section.Header.Number, $"[{section.Name}] has a blank in the profile's name, and the AWS SDKs disagree on what it is");
            }
        }
    }

    /// <summary>
    /// Sections of the config file that were meant for a profile and are none: without the word <c>profile</c>, or with it in another
    /// spelling. No AWS tool reads them, botocore keeps them for its own (<c>[plugins]</c>, <c>[preview]</c>).
    /// </summary>
    public static IEnumerable<IniRemark> NoProfileIn(IniDocument document, string profile)
    {
        foreach (var section in document.Sections)
        {
            if (IsMeantFor(section.Name, profile))
            {
                yield return new IniRemark(
                    section.Header.Number,
                    $"[{section.Name}] is no profile there, and what it says does not count; write [profile {profile}]");
            }
        }
    }

    private static bool IsMeantFor(string section, string profile)
    {
        if (section == profile)
        {
            return profile is not ("default" or "plugins" or "preview")
                && !profile.StartsWith("profile ", StringComparison.Ordinal) && !profile.StartsWith("services ", StringComparison.Ordinal)
                && !profile.StartsWith("sso-session ", StringComparison.Ordinal);
        }

        return section.StartsWith("profile", StringComparison.OrdinalIgnoreCase) && ConfigFile.ProfileOf(section) != profile
            && section["profile".Length..].TrimStart('s', 'S').Trim(' ', '\t', ':', '=', '.', '_', '-', '/', '"', '\'') == profile;
    }

    private static bool HasInnerBlank(string name) => name.Trim().Any(char.IsWhiteSpace);
}

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
                    $"the section is named [{section.Name}]",
                    "each AWS SDK takes it for another profile",
                    "in this file, give it the profile's bare name");
            }
            else if (HasInnerBlank(section.Name))
            {
                yield return new IniRemark(
                    section.Header.Number,
                    $"[{section.Name}] has a blank in its name",
                    "the AWS SDK for JavaScript does not find it",
                    "use a name without blanks");
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
                    "[default] and [profile default] are both there",
                    "the AWS SDKs disagree on which of them counts",
                    "keep one of them");
            }
            else if (section.Name.StartsWith("profile ", StringComparison.Ordinal) && HasInnerBlank(section.Name["profile ".Length..]))
            {
                yield return new IniRemark(
                    section.Header.Number,
                    $"[{section.Name}] has a blank in the profile's name",
                    "the AWS SDKs disagree on what it is",
                    "use a name without blanks");
            }
        }
    }

    /// <summary>
    /// What is said of a section of config that was meant for a profile and is none: without the word <c>profile</c>, or with it in another
    /// spelling. No AWS tool reads it, botocore keeps such for its own (<c>[plugins]</c>, <c>[preview]</c>).
    /// </summary>
    public static IniRemark NoProfile(IniSection section, string profile) => new(
        section.Header.Number, $"[{section.Name}] is no profile there", "what it says does not count", $"write [profile {profile}]");

    /// <summary>The profile that a section of config was meant for and is not, or null.</summary>
    public static string? MeantBy(string section)
    {
        if (section.StartsWith("profile", StringComparison.OrdinalIgnoreCase))
        {
            string meant = section["profile".Length..].TrimStart('s', 'S').Trim(' ', '\t', ':', '=', '.', '_', '-', '/', '"', '\'');
            return meant.Length > 0 && !HasInnerBlank(meant) && ConfigFile.ProfileOf(section) is null ? meant : null;
        }

        bool isAnotherKind = section is "default" or "plugins" or "preview" or IniDocument.DefaultsName
            || section.StartsWith("services ", StringComparison.Ordinal) || section.StartsWith("sso-session ", StringComparison.Ordinal);
        return isAnotherKind ? null : section;
    }

    private static bool HasInnerBlank(string name) => name.Trim().Any(char.IsWhiteSpace);
}

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
                yield return new IniRemark(section.Header.Number, $"[{section.Name}] is another profile for each AWS SDK; in this file a section has the profile's bare name");
            }
            else if (HasInnerBlank(section.Name))
            {
                yield return new IniRemark(section.Header.Number, $"[{section.Name}] has a blank in its name, and the AWS SDK for JavaScript does not find it");
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
                yield return new IniRemark(section.Header.Number, "[default] and [profile default] are both there, and the AWS SDKs disagree on which of them counts");
            }
            else if (section.Name.StartsWith("profile ", StringComparison.Ordinal) && HasInnerBlank(section.Name["profile ".Length..]))
            {
                yield return new IniRemark(section.Header.Number, $"[{section.Name}] has a blank in the profile's name, and the AWS SDKs disagree on what it is");
            }
        }
    }

    private static bool HasInnerBlank(string name) => name.Trim().Any(char.IsWhiteSpace);
}

using MfaSts.Errors;

namespace MfaSts.Profiles;

/// <summary>The rules for profile names: the same name stands in the file, in the prompt and in an error.</summary>
public static class ProfileName
{
    /// <summary>What follows the name in the section of its long-term keys (the layout of aws-mfa).</summary>
    public const string LongTermSuffix = "-long-term";

    /// <summary>What follows the name in the section of its long-term keys (the layout of AWS-recipes).</summary>
    public const string NoMfaSuffix = "-nomfa";

    /// <summary>
    /// What follows the name in the section of its session when the profile's own section is taken (the layout of aws-mfa-sts).
    /// </summary>
    public const string SessionSuffix = "-sts";

    /// <summary>Checks a name that is to be looked up.</summary>
    /// <exception cref="MfaException">ProfileNameInvalid: no AWS file can hold it as a profile.</exception>
    public static string Require(string? name) => WhyNot(name) is { } why ? throw MfaErrors.ProfileNameInvalid(name, why) : name!;

    /// <summary>Why no AWS file can hold a name as a profile, or null when one can.</summary>
    internal static string? WhyNot(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return "it is empty";
        }

        if (name.Trim().Length != name.Length)
        {
            return "it begins or ends with a blank";
        }

        foreach (char c in name)
        {
            if (char.IsControl(c) || c is '[' or ']' or '\u2028' or '\u2029')
            {
                return "it has a bracket, a line break or a control character";
            }
        }

        return name == Files.IniDocument.DefaultsName ? "keys under [DEFAULT] are inherited by every other profile" : null;
    }

    /// <summary>Checks a name that is to be written as a new section, where every AWS SDK must find it.</summary>
    /// <exception cref="MfaException">ProfileNameInvalid.</exception>
    public static string RequireCreatable(string? name)
    {
        name = RequireCharacters(name);
        if (ReservedSuffix(name) is { } suffix)
        {
            throw MfaErrors.ProfileNameInvalid(
                name, $"'{suffix}' at its end marks a section that belongs to the profile '{name[..^suffix.Length]}'");
        }

        return name;
    }

    /// <summary>Checks that every AWS SDK finds the name as a section.</summary>
    /// <exception cref="MfaException">ProfileNameInvalid.</exception>
    public static string RequireCharacters(string? name)
    {
        name = Require(name);
        return name.All(c => char.IsAsciiLetterOrDigit(c) || "_.@+%:/-".Contains(c, StringComparison.Ordinal))
            ? name
            : throw MfaErrors.ProfileNameInvalid(name, "it has a character that not every AWS SDK reads in a section's name");
    }

    /// <summary>The suffix by which a section belongs to another profile, or null.</summary>
    public static string? ReservedSuffix(string section) =>
        IfEnding(section, LongTermSuffix) ?? IfEnding(section, NoMfaSuffix) ?? IfEnding(section, SessionSuffix);

    /// <summary>
    /// The profile whose session a section holds by its name, <c>prod</c> of <c>prod-sts</c>; null when the name says nothing.
    /// </summary>
    internal static string? OfSessionSection(string section) =>
        ReservedSuffix(section) == SessionSuffix ? section[..^SessionSuffix.Length] : null;

    private static string? IfEnding(string section, string suffix) =>
        section.Length > suffix.Length && section.EndsWith(suffix, StringComparison.Ordinal) ? suffix : null;
}

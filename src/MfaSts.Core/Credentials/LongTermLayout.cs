using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Credentials;

/// <summary>A place in the credentials file where some tool keeps a profile's long-term keys.</summary>
internal sealed class LongTermLayout
{
    private readonly string _suffix;

    private LongTermLayout(string suffix, params string[] deviceKeys)
    {
        _suffix = suffix;
        DeviceKeys = deviceKeys;
    }

    /// <summary>All of them, in the order in which they are asked.</summary>
    public static IReadOnlyList<LongTermLayout> All { get; } =
    [
        new(ProfileName.LongTermSuffix, CredentialKeys.MfaDevice),
        new(ProfileName.NoMfaSuffix, "aws_mfa_serial", "mfa_serial"),
        new(string.Empty, CredentialKeys.MfaDevice, "mfa_serial"),
    ];

    /// <summary>The keys under which the MFA device may stand in the section.</summary>
    public IReadOnlyList<string> DeviceKeys { get; }

    /// <summary>The section of a profile.</summary>
    public string SectionOf(string profile) => profile + _suffix;

    /// <summary>The section's keys are long-term ones. A section with a suffix can hold nothing else.</summary>
    public bool Accepts(IniSection section) => _suffix.Length > 0 || CredentialKeys.IsLongTerm(section);

    /// <summary>The MFA device that stands in the section, or null.</summary>
    public string? SerialNumber(IniSection section)
    {
        foreach (string key in DeviceKeys)
        {
            if (CredentialKeys.NotEmpty(section, key) is { } serial)
            {
                return serial;
            }
        }

        return null;
    }

    /// <summary>The profile whose long-term keys the section may hold, or null.</summary>
    public static string? ProfileOf(IniSection section)
    {
        if (section.Name == IniDocument.DefaultsName || !CredentialKeys.HasPair(section))
        {
            return null;
        }

        string? suffix = ProfileName.ReservedSuffix(section.Name);
        return suffix is ProfileName.LongTermSuffix or ProfileName.NoMfaSuffix
            ? section.Name[..^suffix.Length]
            : CredentialKeys.IsLongTerm(section) ? section.Name : null;
    }
}

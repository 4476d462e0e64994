using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Credentials;

/// <summary>A place where some tool keeps a profile's long-term keys.</summary>
internal sealed class LongTermLayout
{
    private const string RecipesDevice = "aws_mfa_serial";
    private const string CliDevice = "mfa_serial";

    /// <summary>Where MfaSts writes: aws-mfa's <c>[p-long-term]</c>.</summary>
    public static readonly LongTermLayout Own = new(Place.Credentials, ProfileName.LongTermSuffix, CredentialKeys.MfaDevice);

    /// <summary>The profile's own section, as the AWS CLI and aws-mfa-sts have it, and aws-mfa with the suffix "none".</summary>
    public static readonly LongTermLayout Bare = new(Place.Credentials, string.Empty, CredentialKeys.MfaDevice, CliDevice, RecipesDevice);

    /// <summary>aws-mfa's with a suffix of the user's own.</summary>
    public static readonly LongTermLayout OtherSuffix = new(Place.Credentials, suffix: null, CredentialKeys.MfaDevice);

    /// <summary>
    /// In config, where the AWS CLI and every SDK find keys as well, when the credentials file has none (AWS CLI user guide, "Configuration
    /// settings").
    /// </summary>
    public static readonly LongTermLayout InConfig = new(Place.Config, string.Empty);

    /// <summary>
    /// All of them, in the order in which they are asked: AWS-recipes has <c>[p-nomfa]</c>, and had a file of its own before; stscreds has
    /// one.
    /// </summary>
    public static readonly LongTermLayout[] All =
    [
        Own,
        new(Place.Credentials, ProfileName.NoMfaSuffix, RecipesDevice, CliDevice),
        Bare,
        new(Place.NoMfa, string.Empty, RecipesDevice, CliDevice),
        new(Place.Stscreds, string.Empty),
        OtherSuffix,
        InConfig,
    ];

    private readonly Place _place;
    private readonly string? _suffix;

    private LongTermLayout(Place place, string? suffix, params string[] deviceKeys)
    {
        _place = place;
        _suffix = suffix;
        DeviceKeys = deviceKeys;
    }

    private enum Place
    {
        Credentials,
        NoMfa,
        Stscreds,
        Config,
    }

    /// <summary>The keys under which the MFA device may stand in the section.</summary>
    public string[] DeviceKeys { get; }

    /// <summary>The file.</summary>
    public SharedFile FileOf(AwsFiles files) => _place switch
    {
        Place.NoMfa => files.NoMfa,
        Place.Stscreds => files.Stscreds,
        Place.Config => files.Config,
        _ => files.Credentials,
    };

    /// <summary>The sections of a profile: none or one, and several only where a suffix is not certain.</summary>
    public IniSection[] SectionsOf(AwsDocuments documents, string profile) =>
        _suffix is null ? [.. documents.Suffixes.LongTermSections(profile)]
        : _place == Place.Config ? (documents.Config.FindProfile(profile) is { } configured ? [configured] : [])
        : documents.Of(FileOf(documents.Files)).Find(profile + _suffix) is { } section ? [section]
        : [];

    /// <summary>
    /// The section has long-term keys. One with a suffix of long-term keys can hold nothing else. Only our own may lack the secret.
    /// </summary>
    public bool Accepts(IniSection section) =>
        (CredentialKeys.HasPair(section) && (_suffix is { Length: > 0 } || CredentialKeys.IsLongTerm(section)))
        || (_suffix == ProfileName.LongTermSuffix && CredentialKeys.IsKeptElsewhere(section));

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

    /// <summary>The profiles that may have long-term keys, in the order of the files. A name may come twice.</summary>
    public static IEnumerable<string> Profiles(AwsDocuments documents) =>
    [
        .. documents.Credentials.Sections.Select(section => ProfileOf(section, documents)).OfType<string>(),
        .. ((SharedFile[])[documents.Files.NoMfa, documents.Files.Stscreds])
            .SelectMany(file => documents.Of(file).Sections)
            .Where(section => section.Name != IniDocument.DefaultsName && CredentialKeys.IsLongTerm(section))
            .Select(section => section.Name),
        .. documents.Config.ProfileNames().Where(name => CredentialKeys.IsLongTerm(documents.Config.FindProfile(name))),
    ];

    private static string? ProfileOf(IniSection section, AwsDocuments documents)
    {
        string? suffix = ProfileName.ReservedSuffix(section.Name);
        bool hasKeys = CredentialKeys.HasPair(section) || (suffix == ProfileName.LongTermSuffix && CredentialKeys.IsKeptElsewhere(section));
        if (section.Name == IniDocument.DefaultsName || !hasKeys)
        {
            return null;
        }

        return suffix is ProfileName.LongTermSuffix or ProfileName.NoMfaSuffix
            ? section.Name[..^suffix.Length]
            : CredentialKeys.IsLongTerm(section) ? documents.Suffixes.ProfileOfKeys(section) ?? section.Name : null;
    }
}

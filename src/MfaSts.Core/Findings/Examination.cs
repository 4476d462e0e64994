using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Findings;

/// <summary>What the rules look at: both files as they were read once, the environment, and the profiles that are asked about.</summary>
internal sealed class Examination
{
    private readonly HashSet<string>? _chosen;

    /// <param name="files">The AWS files.</param>
    /// <param name="variables">The environment.</param>
    /// <param name="clock">The clock of this machine.</param>
    /// <param name="chosen">The profiles that are asked about, or null for all.</param>
    public Examination(AwsFiles files, EnvironmentVariables variables, TimeProvider clock, IReadOnlyCollection<string>? chosen = null)
    {
        Files = files;
        Variables = variables;
        Clock = clock;
        _chosen = chosen is null ? null : [.. chosen];
        Credentials = ReadOrEmpty(files.Credentials);
        Config = ReadOrEmpty(files.Config);
        NoMfa = ReadOrEmpty(files.NoMfa);
        Stscreds = ReadOrEmpty(files.Stscreds);
        Documents = new AwsDocuments(files, Credentials) { Config = new ConfigFile(Config) };
        Sections = new SessionSections(Documents);
        Names = [.. (chosen ?? AllNames()).Where(name => ProfileName.WhyNot(name) is null).Distinct()];
        Profiles = [.. Names.Select(name => MfaProfile.Of(name, Documents))];
    }

    public AwsFiles Files { get; }

    public EnvironmentVariables Variables { get; }

    public TimeProvider Clock { get; }

    public IniDocument Credentials { get; }

    public IniDocument Config { get; }

    public IniDocument NoMfa { get; }

    public IniDocument Stscreds { get; }

    /// <summary>The files that cannot be read, and why. They count as empty.</summary>
    public List<(SharedFile File, MfaException Why)> Unreadable { get; } = [];

    public AwsDocuments Documents { get; }

    public SessionSections Sections { get; }

    public LongTermCredentialStore LongTerm => new(Files);

    /// <summary>The names of the profiles that are examined.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The profiles that are examined.</summary>
    public IReadOnlyList<MfaProfile> Profiles { get; }

    /// <summary>Somebody wants to know about this profile.</summary>
    public bool Concerns(string profile) => _chosen?.Contains(profile) ?? true;

    /// <summary>The sections of the credentials file that belong to examined profiles.</summary>
    public IEnumerable<IniSection> CredentialSections() => Credentials.Sections.Where(
        section => section.Name != IniDocument.DefaultsName && (Concerns(section.Name) || Concerns(OwnerOf(section))));

    /// <summary>The profile that a section of the credentials file belongs to.</summary>
    public string OwnerOf(IniSection section) =>
        ProfileName.ReservedSuffix(section.Name) is { } suffix and not ProfileName.SessionSuffix
            ? section.Name[..^suffix.Length]
            : Sections.ProfileOf(section.Name);

    /// <summary>Where a profile's own sections have a setting: config first, as it is read.</summary>
    public IEnumerable<FoundSetting> Settings(MfaProfile profile, string key)
    {
        if (Documents.Config.FindProfile(profile.Name) is { } configured && configured.FindKey(key) is { } inConfig)
        {
            yield return new FoundSetting(Files.Config, configured, inConfig);
        }

        if (Credentials.Find(profile.Name) is { } stored && stored.FindKey(key) is { } inCredentials)
        {
            yield return new FoundSetting(Files.Credentials, stored, inCredentials);
        }
    }

    /// <summary>The line of a setting, or the file when [DEFAULT] gives it.</summary>
    public FindingPlace PlaceOf(MfaProfile profile, string key) =>
        Settings(profile, key).FirstOrDefault()?.Place ?? FindingPlace.In(Files.Config);

    /// <summary>The line of a section's header, or of one of its keys.</summary>
    public static FindingPlace PlaceOf(SharedFile file, IniSection section, params IEnumerable<string> keys) => FindingPlace.In(
        file,
        keys.Select(section.FindKey).OfType<IniKey>().Select(key => (int?)key.Line.Number).FirstOrDefault() ?? section.Header.Number);

    private IEnumerable<string> AllNames() =>
    [
        .. LongTermLayout.Profiles(Documents),
        .. Sections.All.Select(Sections.ProfileOf),
        .. Credentials.Sections.Where(section => ProfileName.ReservedSuffix(section.Name) is null).Select(section => section.Name),
        .. Documents.Config.ProfileNames(),
    ];

    private IniDocument ReadOrEmpty(SharedFile file)
    {
        try
        {
            return file.Read();
        }
        catch (MfaException e)
        {
            Unreadable.Add((file, e));
            return IniDocument.Parse([]);
        }
    }
}

using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sts;

namespace MfaSts.Sessions;

/// <summary>Merges parameters, environment, config and credentials into a <see cref="SessionPlan"/>.</summary>
internal sealed class SessionPlanner(AwsFiles files, EnvironmentVariables variables, TimeProvider clock)
{
    private readonly LongTermCredentialStore _longTerm = new(files);

    /// <summary>The stored session, usable or not, with the region that the caller works in; or null.</summary>
    public MfaSession? FindStored(SessionRequest request)
    {
        var profile = MfaProfile.Read(request.Profile, files);
        string? serial = request.SerialNumber ?? LongTermCredentialStore.SerialNumberOf(profile.CredentialsDocument, profile.Name) ?? profile.Setting("mfa_serial");
        string? region = new StsCallBuilder(variables).RegionOfStored(profile, request.Region, serial);
        return new SessionStore(files, clock).Find(profile, region);
    }

    public SessionPlan Plan(SessionRequest request)
    {
        var profile = MfaProfile.Read(request.Profile, files);
        var credential = _longTerm.Find(profile.CredentialsDocument, profile.Name)
            ?? throw MfaErrors.LongTermCredentialNotFound(profile.Name, files.Credentials.Path);
        RequireSection(profile);
        (string serial, string serialFrom) = SerialNumber(request, profile, credential);
        (var duration, string durationFrom) = Duration(request, profile);
        var place = new StsCallBuilder(variables).Build(profile, credential, request.Region, serial);
        return new SessionPlan
        {
            Profile = profile.Name,
            SerialNumber = serial,
            Duration = duration,
            Region = place.Region,
            Section = profile.SessionSection,
            SectionRegion = SectionRegion(profile),
            CodeCommand = profile.MfaProcess,
            Credential = credential,
            Call = place.Call,
            Request = request,
            StoredAccessKeyId = new SessionStore(files, clock).Find(profile, region: null)?.AccessKeyId,
            Warnings = [.. Warnings(profile)],
            Details =
            [
                $"Long-term key {credential.AccessKeyId} from [{credential.Section}] in '{credential.Path}'.",
                $"MFA device '{serial}' from {serialFrom}.",
                $"Session of {DurationText.Format(duration)} from {durationFrom}.",
                $"Region {place.Call.Region} from {place.RegionSource}; endpoint {place.Call.EndpointUrl?.ToString() ?? "AWS's own"} from {place.EndpointSource}.",
                $"The session goes to [{profile.SessionSection}] in '{files.Credentials.Path}'.",
            ],
        };
    }

    /// <summary>Whether an MFA device is known. Section and duration are checked when none is.</summary>
    public bool KnowsDevice(SessionRequest request)
    {
        var profile = MfaProfile.Read(request.Profile, files);
        if (_longTerm.Find(profile.Name) is not { } credential || FindSerialNumber(request, profile, credential).Serial is not null)
        {
            // Without keys there is nobody whose device could be asked for: the plan says what is missing.
            return true;
        }

        RequireSection(profile);
        Duration(request, profile);
        return false;
    }

    /// <summary>How long a profile's sessions live as configured.</summary>
    public TimeSpan Life(string name) => Duration(new SessionRequest { Profile = name }, MfaProfile.Read(name, files)).Duration;

    /// <summary>Whether a profile has an mfa_process.</summary>
    public bool HasCodeCommand(string name) => MfaProfile.Read(name, files).MfaProcess is not null;

    /// <summary>A call that only asks whose the long-term keys are.</summary>
    public StsCall PlanIdentity(string name, string? region)
    {
        var profile = MfaProfile.Read(name, files);
        var credential = _longTerm.Find(profile.CredentialsDocument, profile.Name)
            ?? throw MfaErrors.LongTermCredentialNotFound(profile.Name, files.Credentials.Path);
        return new StsCallBuilder(variables).Build(profile, credential, region, credential.SerialNumber).Call;
    }

    private static (TimeSpan Duration, string Source) Duration(SessionRequest request, MfaProfile profile, string? variable)
    {
        if (request.Duration is { } given)
        {
            return (given, "the parameter");
        }

        if (variable is not null)
        {
            return DurationText.TryParse(variable, out var fromVariable)
                ? (fromVariable, "MFA_STS_DURATION")
                : throw MfaErrors.DurationUnreadable(profile.Name, variable, "the variable MFA_STS_DURATION");
        }

        return profile.Duration() is { } configured ? (configured, "duration_seconds") : (SessionDuration.Default, "the default");
    }

    // A section that is yet to be made must have a name that every SDK reads, and one of its own must be free for a session.
    private void RequireSection(MfaProfile profile)
    {
        if (profile.CredentialsDocument.Find(profile.SessionSection) is null)
        {
            _ = profile.Exists ? ProfileName.RequireCharacters(profile.Name) : ProfileName.RequireCreatable(profile.Name);
        }

        if (profile.SessionSection != profile.Name && profile.Of(profile.SessionSection).SessionNeedsOwnSection)
        {
            throw MfaErrors.SessionSectionTaken(profile.Name, profile.SessionSection, files.Credentials.Path);
        }
    }

    private static string? SectionRegion(MfaProfile profile)
    {
        string? region = profile.SessionSection == profile.Name ? null : profile.Region;
        return region is null || Partition.IsRegionName(region) ? region : throw MfaErrors.RegionInvalid(profile.Name, region);
    }

    private (TimeSpan Duration, string Source) Duration(SessionRequest request, MfaProfile profile)
    {
        var (duration, source) = Duration(request, profile, variables["MFA_STS_DURATION"]);
        return (SessionDuration.Require(profile.Name, duration), source);
    }

    private (string Serial, string Source) SerialNumber(SessionRequest request, MfaProfile profile, LongTermCredential credential)
    {
        var (serial, source) = FindSerialNumber(request, profile, credential);
        return serial is null
            ? throw MfaErrors.SerialNumberMissing(profile.Name, files.Credentials.Path)
            : (DeviceArn.Require(profile.Name, serial), source);
    }

    private (string? Serial, string Source) FindSerialNumber(SessionRequest request, MfaProfile profile, LongTermCredential credential)
    {
        (string? Serial, string Source)[] sources =
        [
            (request.SerialNumber, "the parameter"),
            (credential.SerialNumber, $"[{credential.Section}]"),
            (profile.Setting("mfa_serial"), "mfa_serial"),
            (variables["MFA_DEVICE"], "MFA_DEVICE"),
        ];
        return Array.Find(sources, candidate => candidate.Serial is not null);
    }

    private IEnumerable<string> Warnings(MfaProfile profile)
    {
        if (profile.SessionSection != profile.Name)
        {
            yield return $"The session goes to [{profile.SessionSection}] in '{files.Credentials.Path}', since [{profile.Name}] "
                + "has long-term keys, a role or a credential_process of its own. "
                + $"Name it to other tools as profile '{profile.SessionSection}'.";
        }

        foreach (string key in profile.KeysThatHideSession)
        {
            yield return key == "mfa_serial"
                ? $"Profile '{profile.Name}' has mfa_serial, and the AWS SDK for .NET (AWS.Tools) finds no session beside it. "
                    + $"Move the device with: Set-MfaLongTermCredential -Profile {PowerShellText.Quote(profile.Name)} "
                    + $"-SerialNumber {PowerShellText.Quote(profile.Setting(key)!)}"
                : $"Profile '{profile.Name}' has {key} without role_arn, and the AWS SDK for .NET (AWS.Tools) finds no session beside it. "
                    + $"Remove that line from '{files.Config.Path}'.";
        }

        if (files.Credentials.IsOpenToOthers)
        {
            yield return MfaErrors.OpenToOthers(files.Credentials.Path);
        }

        foreach (string warning in files.Warnings())
        {
            yield return warning;
        }
    }
}

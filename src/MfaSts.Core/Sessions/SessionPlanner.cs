using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Findings;
using MfaSts.Profiles;
using MfaSts.Roles;
using MfaSts.Sts;

namespace MfaSts.Sessions;

/// <summary>Merges parameters, environment, config and credentials into a <see cref="SessionPlan"/>.</summary>
internal sealed class SessionPlanner(AwsFiles files, EnvironmentVariables variables, TimeProvider clock)
{
    private readonly LongTermCredentialStore _longTerm = new(files);
    private readonly SessionStore _sessions = new(files, clock);
    private readonly RolePlanner _roles = new(files, variables, clock);
    private readonly StsCallBuilder _calls = new(variables);

    /// <summary>The stored session, usable or not, with the region that the caller works in; or null.</summary>
    public MfaSession? FindStored(SessionRequest request)
    {
        var profile = MfaProfile.Read(request.Profile, files);
        if (_roles.Find(request, profile) is { } chain)
        {
            return _roles.FindStored(request, profile, chain);
        }

        if (_sessions.Find(profile, request.SessionProfile ?? SectionBesideRole(request, profile)) is not { } stored)
        {
            return null;
        }

        if (stored.RoleKey is not null)
        {
            return FindStoredRole(request, profile, stored);
        }

        // What was named may be the section in which another profile's session is kept; a profile that is configured has settings of its
        // own.
        if (stored.Section == profile.Name
            && !profile.HasConfig
            && new SessionSections(profile.Documents).ProfileOf(stored) is var owner
            && owner != profile.Name)
        {
            profile = profile.Of(owner);
        }

        return stored.IsOurs && stored.Endpoint != _calls.EndpointMark(profile) ? null : ToSession(request, profile, stored);
    }

    public SessionPlan Plan(SessionRequest request)
    {
        (request, var profile, var credential) = Resolve(request);
        string section = Section(request, profile);
        (string serial, string serialFrom) = SerialNumber(request, profile, credential);
        (var duration, string durationFrom) = Duration(request, profile);
        var place = _calls.Build(profile, credential, request.Region, serial);
        RequireKeys(profile, credential, place);
        var target = new SessionTarget
        {
            Profile = profile.Name,
            Section = section,
            SectionRegion = SectionRegion(profile, section),
            Region = place.Region,
            SerialNumber = serial,
            NamesOwner = section != profile.Name && section != profile.Name + ProfileName.SessionSuffix,
            MayBeOverwritten = credential.Layout != LongTermLayout.Own || section != profile.Name,
            Endpoint = _calls.EndpointMark(profile),
        };
        return new SessionPlan(target)
        {
            Profile = profile.Name,
            Source = profile.Name,
            SerialNumber = serial,
            Duration = duration,
            CodeCommand = profile.MfaProcess ?? request.CodeCommand,
            Credential = credential,
            Call = place.Call,
            Request = request,
            StoredAccessKeyId = _sessions.Find(profile, request.SessionProfile ?? SectionBesideRole(request, profile))?.AccessKeyId,
            Warnings = [.. SectionWarning(profile, section), .. Warnings(profile, credential)],
            Details =
            [
                Tell(credential),
                $"MFA device '{serial}' from {serialFrom}.",
                $"Session of {DurationText.Format(duration)} from {durationFrom}.",
                place.Detail,
                $"The session goes to [{section}] in '{files.Credentials.Path}'.",
            ],
        };
    }

    /// <summary>Everything that a role needs but the session to take it with; null when no role is wanted.</summary>
    public RolePlan? PlanRole(SessionRequest request) =>
        FindRole(request) is var (meant, profile, chain) ? _roles.Plan(meant, profile, chain) : null;

    /// <summary>Everything that a role needs but the code, when it is taken with the long-term keys.</summary>
    public SessionPlan PlanDirect(RolePlan role) => new(role.Target)
    {
        Profile = role.Profile,
        Source = role.Source,
        SerialNumber =
            DeviceArn.Require(role.Source, role.SerialNumber ?? throw MfaErrors.SerialNumberMissing(role.Source, files.Credentials.Path)),
        Duration = role.Duration,
        CodeCommand = role.Chain.Source.MfaProcess ?? role.Chain.Source.Of(role.Profile).MfaProcess,
        Credential = role.Chain.Credential,
        Call = role.Call,
        Request = role.Request,
        Role = role,
        StoredAccessKeyId = role.StoredAccessKeyId,
        Warnings = [],
        Details = [Tell(role.Chain.Credential)],
    };

    /// <summary>
    /// The profile, when no MFA device is known for it; else null. Keys, section and duration are checked before it is given.
    /// </summary>
    public string? ProfileWithoutDevice(SessionRequest request)
    {
        if (PlanRole(request) is { } role)
        {
            return role.SerialNumber is null ? role.Source : null;
        }

        (request, var profile, var credential) = Resolve(request);
        if (FindSerialNumber(request, profile, credential).Serial is not null)
        {
            return null;
        }

        Section(request, profile);
        Duration(request, profile);
        return profile.Name;
    }

    /// <summary>How long a profile's sessions live as configured.</summary>
    public TimeSpan Life(string name)
    {
        var request = new SessionRequest { Profile = name };
        return FindRole(request) is var (_, _, chain) ? RolePlanner.Life(chain) : Duration(request, MfaProfile.Read(name, files)).Duration;
    }

    /// <summary>Whether what is wanted, or the source of its role, has an mfa_process.</summary>
    public bool HasCodeCommand(SessionRequest request) =>
        (FindRole(request) is var (_, role, chain)
            ? chain.Source.MfaProcess ?? role.MfaProcess
            : MfaProfile.Read(request.Profile, files).MfaProcess ?? request.CodeCommand) is not null;

    /// <summary>What gives the session with which a profile's role is taken; null when the profile has no role.</summary>
    public SessionRequest? SourceOf(SessionRequest request) =>
        FindRole(request) is var (meant, profile, chain) ? RolePlanner.SourceRequest(meant, profile, chain) : null;

    /// <summary>A call that only asks whose the long-term keys are.</summary>
    public IdentityPlan PlanIdentity(string name, string? region)
    {
        var profile = FindRole(new SessionRequest { Profile = name }) is var (_, _, chain) ? chain.Source : MfaProfile.Read(name, files);
        var credential = _longTerm.Find(profile) ?? throw NotFound(profile);
        (string? serial, string serialFrom) = FindSerialNumber(new SessionRequest { Profile = name }, profile, credential);
        var place = _calls.Build(profile, credential, region, serial);
        RequireKeys(profile, credential, place);
        return new IdentityPlan
        {
            Credential = credential,
            Call = place.Call,
            Details =
            [
                Tell(credential),
                serial is null
                    ? "No MFA device is stored; MfaSts asks AWS for it when it gets a session."
                    : $"MFA device '{serial}' from {serialFrom}.",
                place.Detail,
            ],
        };
    }

    private (SessionRequest Request, MfaProfile Profile, RoleChain Chain)? FindRole(SessionRequest request)
    {
        var profile = MfaProfile.Read(request.Profile, files);
        if (_roles.Find(request, profile) is { } chain)
        {
            return (request, profile, chain);
        }

        // What was named may be the section in which a role's session is kept.
        return !request.IsOfUser && !profile.HasConfig
            && new SessionSections(profile.Documents).In(profile.Name) is { RoleKey: not null, Owner: { } owner } && owner != profile.Name
            ? FindRole(request.Of(owner, section: null))
            : null;
    }

    private MfaSession? FindStoredRole(SessionRequest request, MfaProfile profile, StoredSession stored)
    {
        if (stored.Owner is { } owner)
        {
            return owner == profile.Name ? null : FindStored(request.Of(owner, section: null));
        }

        // No profile says how it was got; who names its section means it. Where there are keys, it was a role of aws-mfa's that is
        // configured no more.
        return new SessionSections(profile.Documents).HasLongTermKeys(profile.Name) ? null : ToSession(request, profile, stored);
    }

    private MfaSession ToSession(SessionRequest request, MfaProfile profile, StoredSession stored)
    {
        string? serial = request.SerialNumber ?? LongTermCredentialStore.SerialNumberOf(profile.Documents, profile.Name)
            ?? profile.Setting("mfa_serial");
        return _sessions.ToSession(stored, profile.Name, serial, _calls.RegionOfStored(profile, request.Region, serial));
    }

    private string? SectionBesideRole(SessionRequest request, MfaProfile profile) => request.IsOfUser
        ? _roles.SectionBesideRole(profile, takesVariable: request.RoleProfile is null || request.RoleProfile == profile.Name)
        : null;

    private void RequireKeys(MfaProfile profile, LongTermCredential credential, StsPlace place) =>
        AccessKey.RequireStored(credential, key => _longTerm.LineOf(profile.Documents, credential, key), isOfAws: place.Call.IsToAws);

    // What was named may be the section in which another profile's session is kept.
    private (SessionRequest Request, MfaProfile Profile, LongTermCredential Credential) Resolve(SessionRequest request)
    {
        var profile = MfaProfile.Read(request.Profile, files);
        if (_longTerm.Find(profile) is { } credential)
        {
            return (request, profile, credential);
        }

        var sections = new SessionSections(profile.Documents);
        if (sections.In(profile.Name) is { RoleKey: not null, Owner: null } adHoc)
        {
            throw MfaErrors.AdHocRoleExpired(profile.Name, adHoc.RoleSource ?? profile.Name);
        }

        string owner = sections.ProfileOf(profile.Name);
        return owner == profile.Name ? throw NotFound(profile) : Resolve(request.Of(owner, request.SessionProfile ?? profile.Name));
    }

    /// <summary>A call that only asks whose keys are that are yet to be stored.</summary>
    public StsCall PlanIdentity(LongTermCredentialChange change)
    {
        change.Require();
        return PlanIdentity(
            change.Profile, change.AccessKeyId!, change.SecretAccessKey!, sessionToken: null, change.Region, change.SerialNumber);
    }

    /// <summary>A call that only asks whose a session is.</summary>
    public StsCall PlanIdentity(MfaSession session) =>
        PlanIdentity(
            session.Profile, session.AccessKeyId, session.SecretAccessKey, session.SessionToken, session.Region, session.SerialNumber);

    private StsCall PlanIdentity(string name, string id, string secret, string? sessionToken, string? region, string? serial)
    {
        var profile = MfaProfile.Read(name, files);
        var keys =
            new LongTermCredential
            {
                Profile = name,
                AccessKeyId = id,
                SecretAccessKey = secret,
                Section = name,
                Path = files.Credentials.Path,
            };
        string? device = serial ?? LongTermCredentialStore.SerialNumberOf(profile.Documents, name) ?? profile.Setting("mfa_serial");
        return _calls.Build(profile, keys, region, device).Call.SignedBy(id, secret, sessionToken);
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

    // A section that is yet to be made must have a name that every SDK reads, and one other than the profile's must be free for a session.
    private string Section(SessionRequest request, MfaProfile profile)
    {
        var sections = new SessionSections(profile.Documents);
        string section = request.SessionProfile ?? SectionBesideRole(request, profile) ?? sections.SectionFor(profile);
        bool isUsual = section == profile.SessionSection || section == profile.Name + ProfileName.SessionSuffix;
        if (profile.Documents.Credentials.Find(section) is null)
        {
            string name = isUsual ? profile.Name : section;
            _ = isUsual && profile.Exists ? ProfileName.RequireCharacters(name) : ProfileName.RequireCreatable(name);
        }

        if (section != profile.Name && sections.In(section) is { RoleKey: not null, Owner: { } role })
        {
            throw MfaErrors.SectionOfRoleProfile(profile.Name, section, role);
        }

        if (section != profile.Name && sections.HasLongTermKeys(section))
        {
            throw MfaErrors.SessionSectionOfAnother(profile.Name, section, files.Credentials.Path);
        }

        bool isTaken = (section != profile.Name || !isUsual) && profile.Of(section).SessionNeedsOwnSection;
        return isTaken ? throw MfaErrors.SessionSectionTaken(profile.Name, section, files.Credentials.Path) : section;
    }

    private static string Tell(LongTermCredential credential) => credential.Command is not null
        ? $"Long-term key from the key_process of [{credential.Section}] in '{credential.Path}'."
        : $"Long-term key {credential.AccessKeyId} from [{credential.Section}] in '{credential.Path}'"
            + (credential.SecretAccessKey is null ? $"; its secret is in the store {credential.Store}." : ".");

    private MfaException NotFound(MfaProfile profile) => _longTerm.NotFound(
        profile.Name, [.. profile.Documents.Suffixes.LikelyLongTermSections(profile.Name).Select(section => section.Name)]);

    private static string? SectionRegion(MfaProfile profile, string section)
    {
        string? region = section == profile.Name ? null : profile.Region;
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
            ? throw MfaErrors.SerialNumberMissing(profile.Name, files.Credentials.Path, ProfileDoctor.SectionRemark(files, profile.Name))
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

    // Not when the user chose it.
    private IEnumerable<string> SectionWarning(MfaProfile profile, string section)
    {
        if (section == profile.SessionSection && section != profile.Name)
        {
            string why = profile.HasLongTermKeys
                ? $"[{profile.Name}] has long-term keys"
                : $"profile '{profile.Name}' has {profile.OtherSource}, and AWS tools disagree on which of it and of a session in "
                    + $"[{profile.Name}] counts";
            yield return $"The session goes to [{section}] in '{files.Credentials.Path}', since {why}. In other tools, use the profile "
                + $"'{section}'.";
        }
    }

    private IEnumerable<string> Warnings(MfaProfile profile, LongTermCredential credential)
    {
        if (credential.Layout == LongTermLayout.OtherSuffix)
        {
            yield return $"The long-term keys of profile '{profile.Name}' are taken from [{credential.Section}] in '{credential.Path}', as "
                + "aws-mfa's suffix. "
                + $"Move them with: Import-MfaLongTermCredential -Profile {PowerShellText.Quote(profile.Name)}";
        }

        foreach (var finding in new ProfileDoctor(files, variables, TimeProvider.System).ExamineForSession(profile.Name))
        {
            yield return finding.ToString();
        }
    }
}

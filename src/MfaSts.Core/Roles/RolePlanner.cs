using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Roles;

/// <summary>Merges parameters, environment, config and credentials into a <see cref="RolePlan"/>, and finds stored role sessions.</summary>
/// <param name="files">The AWS files.</param>
/// <param name="variables">The environment.</param>
/// <param name="clock">The clock.</param>
internal sealed class RolePlanner(AwsFiles files, EnvironmentVariables variables, TimeProvider clock)
{
    // For taking a role at once, a session needs no more.
    private static readonly TimeSpan LeastOfSource = TimeSpan.FromSeconds(60);

    private readonly RoleReader _reader = new(files, variables);
    private readonly StsCallBuilder _calls = new(variables);
    private readonly SessionStore _sessions = new(files, clock);

    /// <summary>The way to the role that is wanted, or null when no role is.</summary>
    public RoleChain? Find(SessionRequest request, MfaProfile profile) => _reader.Find(request, profile);

    /// <summary>The section for the user's own session, when a role of aws-mfa's takes the usual one; else null.</summary>
    public string? SectionBesideRole(MfaProfile source, bool takesVariable) => _reader.SectionBesideRole(source, takesVariable);

    /// <summary>How long the role's sessions live as configured.</summary>
    public static TimeSpan Life(RoleChain chain) =>
        chain.Role.Duration is { } configured && configured < RoleDuration.MostOfChain ? configured : RoleDuration.MostOfChain;

    /// <summary>The stored session of a role, usable or not, with the region that the caller works in; or null.</summary>
    public MfaSession? FindStored(SessionRequest request, MfaProfile profile, RoleChain chain)
    {
        var sections = new RoleSections(profile, chain, request.SessionProfile);
        string key = RoleKey.Of(chain, _calls.EndpointMark(profile));
        if (sections.Find(key, clock.GetUtcNow()) is not { } stored)
        {
            return null;
        }

        string? serial = SerialNumber(request, chain);
        string? region = _calls.RegionOfStored(profile, request.Region, serial ?? chain.Role.Options.RoleArn);
        return _sessions.ToSession(stored, chain.IsAdHoc ? stored.Section : profile.Name, serial, region);
    }

    /// <summary>Resolves and checks all that the role needs. No call is made.</summary>
    public RolePlan Plan(SessionRequest request, MfaProfile profile, RoleChain chain)
    {
        RoleRules.Require(chain);
        var role = chain.Role.Options;
        var (duration, isDirect, durationFrom) = Duration(request, profile, chain);
        string? section = new RoleSections(profile, chain, request.SessionProfile).RequireWritable(files.Credentials.Path);
        string? serial = SerialNumber(request, chain);
        var place = _calls.Build(profile, chain.Credential, request.Region, serial ?? role.RoleArn);
        string key = RoleKey.Of(chain, _calls.EndpointMark(profile));
        var target = TargetFor(request, profile, chain, section, place.Region, key, isDirect);
        return new RolePlan(chain, SourceRequest(request, profile, chain), place.Call, target)
        {
            Profile = profile.Name,
            RoleArn = role.RoleArn,
            Source = chain.Source.Name,
            Duration = duration,
            IsDirect = isDirect,
            Request = request,
            StoredAccessKeyId = FindStored(request, profile, chain)?.AccessKeyId,
            Warnings = [],
            Details =
            [
                $"Role '{role.RoleArn}' of profile '{profile.Name}', taken with the {(isDirect ? "long-term keys" : "session")} of profile "
                    + $"'{chain.Via}'.",
                $"Session of {DurationText.Format(duration)} from {durationFrom}.",
                place.Detail,
                section is null
                    ? "The session is not stored: no profile names the role, and no -SessionProfile was given."
                    : $"The session goes to [{section}] in '{files.Credentials.Path}'.",
            ],
        };
    }

    /// <summary>The MFA device that is known for the keys at the chain's end; or null.</summary>
    public string? SerialNumber(SessionRequest request, RoleChain chain) =>
        request.SerialNumber ?? chain.Credential.SerialNumber ?? chain.Source.Setting("mfa_serial") ?? DeviceOfRole(chain)
            ?? variables["MFA_DEVICE"];

    // AWS's guide puts mfa_serial into the role's profile. It is that of the user of the keys, or none of use.
    private static string? DeviceOfRole(RoleChain chain) =>
        chain.IsAdHoc || chain.IsOfAwsMfa ? null : chain.Source.Of(chain.Role.Profile).Setting("mfa_serial");

    private static (TimeSpan Duration, bool IsDirect, string Source) DurationOfProfile(RoleChain chain) => chain.Role.Duration switch
    {
        null => (RoleDuration.MostOfChain, false, "the default"),
        { } configured when configured > RoleDuration.MostOfChain =>
            (RoleDuration.MostOfChain, false, "AWS's limit for a role that is taken with a session; duration_seconds asks for "
                + $"{DurationText.Format(configured)}"),
        { } configured => (configured, false, "duration_seconds"),
    };

    private (TimeSpan Duration, bool IsDirect, string Source) Duration(SessionRequest request, MfaProfile profile, RoleChain chain)
    {
        if (request.Duration is not { } asked)
        {
            var (configured, isDirect, source) = DurationOfProfile(chain);
            return (RoleDuration.Require(profile.Name, configured), isDirect, source);
        }

        var duration = RoleDuration.Require(profile.Name, asked);
        if (duration <= RoleDuration.MostOfChain)
        {
            return (duration, false, "the parameter");
        }

        if (chain.Hops.Count > 1)
        {
            throw MfaErrors.RoleDurationInChain(profile.Name, duration, chain.Via);
        }

        if (new RoleDurationMemory(files, clock).RefusedBelow(chain.Role.Options.RoleArn, duration) is { } refused)
        {
            throw MfaErrors.RoleDurationRefused(
                profile.Name, chain.Role.Options.RoleArn, duration, MfaErrors.RoleDurationRemembered(refused));
        }

        return (
            duration,
            true,
            "the parameter, for which the role is taken with the long-term keys and a code of its own: policies that ask for MFA refuse "
                + "such a session");
    }

    /// <summary>
    /// What gives the session to take the role with. The device and the mfa_process of the role's profile serve where the source has none.
    /// </summary>
    public static SessionRequest SourceRequest(SessionRequest request, MfaProfile profile, RoleChain chain) => new()
    {
        Profile = chain.Via,
        IsOfUser = chain.Hops.Count == 1,
        IsSource = true,
        MinimumRemaining = LeastOfSource,
        SerialNumber = request.SerialNumber ?? (chain.Credential.SerialNumber is null ? DeviceOfRole(chain) : null),
        Region = request.Region,
        CodeCommand = request.CodeCommand ?? profile.MfaProcess,
        RoleProfile = request.RoleProfile ?? profile.Name,
    };

    private SessionTarget TargetFor(
        SessionRequest request, MfaProfile profile, RoleChain chain, string? section, string? region, string key, bool isDirect)
    {
        bool isOwn = section == profile.Name;
        bool copiesRegion = !isOwn && region is not null && request.Region is null
            && Partition.IsRegionName(profile.Region ?? string.Empty);
        return new SessionTarget
        {
            Profile = chain.IsAdHoc ? section ?? profile.Name : profile.Name,
            Section = section,
            SectionRegion = copiesRegion ? profile.Region : null,
            Region = region,
            SerialNumber = SerialNumber(request, chain),
            NamesOwner = !isOwn && !chain.IsAdHoc,
            Role = new RoleMark
            {
                Arn = chain.Role.Options.RoleArn,
                Key = key,
                Source = chain.Source.Name,
                IsDirect = isDirect,
                IsOfAwsMfa = chain.IsOfAwsMfa && isOwn,
            },
        };
    }
}

using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Sts;

namespace MfaSts.Sessions;

/// <summary>Finds out where STS, or IAM, is called: region, endpoint, FIPS, certificate authorities.</summary>
/// <param name="variables">The environment.</param>
internal sealed class StsCallBuilder(EnvironmentVariables variables)
{
    /// <summary>Builds a call to STS with a profile's long-term keys.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="credential">The keys.</param>
    /// <param name="region">The region that the caller gave, or null.</param>
    /// <param name="serialNumber">The MFA device, whose partition decides; or null when there is none.</param>
    /// <exception cref="MfaException">RegionMismatch, or an endpoint that is none.</exception>
    public StsPlace Build(MfaProfile profile, LongTermCredential credential, string? region, string? serialNumber)
    {
        (string? configured, string regionSource) = Region(profile, region, serialNumber);
        string signing = configured ?? (Partition.OfArn(serialNumber ?? string.Empty) ?? Partition.Commercial).DefaultRegion;
        var (call, endpointSource) = Call(profile, credential, "sts", signing);
        return new StsPlace(call, configured, configured is null ? "the partition's default" : regionSource, endpointSource);
    }

    /// <summary>
    /// Builds a call to IAM with a profile's long-term keys. IAM is one for a whole partition, so the region only tells which.
    /// </summary>
    /// <param name="profile">The profile.</param>
    /// <param name="credential">The keys.</param>
    /// <param name="region">The region that the caller gave, or null.</param>
    /// <param name="serialNumber">The MFA device, whose partition decides; or null when none is known.</param>
    /// <exception cref="MfaException">A region or an endpoint that is none.</exception>
    public StsCall BuildIam(MfaProfile profile, LongTermCredential credential, string? region, string? serialNumber)
    {
        var partition = Partition.OfArn(serialNumber ?? string.Empty)
            ?? (Region(profile, region, serialNumber: null).Region is { } configured
                ? Partition.OfRegion(configured)
                : Partition.Commercial);
        return Call(profile, credential, "iam", partition.DefaultRegion).Call;
    }

    /// <summary>
    /// Builds a call to AWS's sign-in with a session. Its keys are in the body, so that it goes nowhere in clear but to this machine.
    /// </summary>
    /// <param name="profile">The profile, whose <c>services</c> section may name the endpoint of <c>signin</c>.</param>
    /// <param name="session">The session.</param>
    /// <param name="partition">The session's partition.</param>
    /// <param name="own">AWS's own endpoint.</param>
    /// <exception cref="MfaException">An endpoint that is none.</exception>
    public StsCall BuildSignIn(MfaProfile profile, MfaSession session, Partition partition, Uri own)
    {
        (var configured, string source) = Endpoint(profile, "signin");
        if (configured is { IsLoopback: false } && configured.Scheme != Uri.UriSchemeHttps)
        {
            throw MfaErrors.SignInInClear(profile.Name, configured.OriginalString, source);
        }

        return new StsCall
        {
            Profile = session.Profile,
            AccessKeyId = session.AccessKeyId,
            SecretAccessKey = session.SecretAccessKey,
            SessionToken = session.SessionToken,
            Region = partition.DefaultRegion,
            EndpointUrl = configured ?? own,
            CaBundlePath = CaBundle(profile),
        };
    }

    /// <summary>
    /// The region in which a stored session is used. Only a region that was asked for can be refused: the session is as good as before.
    /// </summary>
    public string? RegionOfStored(MfaProfile profile, string? region, string? serialNumber) =>
        Region(profile, region, serialNumber, isForCall: false).Region;

    /// <summary>
    /// The region that is configured, and where; null when none is. Where a variable names a region of another partition, in which the keys
    /// are not valid, it is the partition's default, so that whoever is given the session is given a region that goes with it.
    /// </summary>
    /// <exception cref="MfaException">RegionMismatch.</exception>
    // What was asked for must fit the device. What merely lies around (variables for another profile's work) is passed over when it does
    // not.
    public (string? Region, string Source) Region(MfaProfile profile, string? given, string? serialNumber, bool isForCall = true)
    {
        Candidate[] candidates =
        [
            new(given, "the parameter", isMeant: true),
            new(variables["AWS_REGION"], "AWS_REGION", isMeant: false),
            new(variables["AWS_DEFAULT_REGION"], "AWS_DEFAULT_REGION", isMeant: false),
            new(profile.Setting("region"), $"[profile {profile.Name}]", isMeant: true),
            new(profile.Source()?.Setting("region"), "source_profile", isMeant: true),
        ];
        var partition = PartitionOf(profile, given, serialNumber);
        MfaException? mismatch = null;
        string? passedOver = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Value is not { } region)
            {
                continue;
            }

            if (!Partition.IsRegionName(region))
            {
                if (isForCall || region == given)
                {
                    throw MfaErrors.RegionInvalid(profile.Name, region);
                }

                continue;
            }

            if (partition is null || Partition.OfRegion(region) == partition)
            {
                return (region, candidate.Source);
            }

            var other = MfaErrors.RegionMismatch(profile.Name, region, serialNumber!, partition.Name);
            if (region == given)
            {
                throw other;
            }

            mismatch = candidate.IsMeant ? other : mismatch;
            passedOver = candidate.IsMeant ? passedOver : candidate.Source;
        }

        if (isForCall && mismatch is not null)
        {
            throw mismatch;
        }

        return passedOver is null
            ? (null, string.Empty)
            : (partition!.DefaultRegion, $"the partition's default, since {passedOver} names a region of another one");
    }

    // A hardware device's number names no partition. Then the profile's own region goes before a variable that says otherwise.
    private static Partition? PartitionOf(MfaProfile profile, string? given, string? serialNumber)
    {
        if (Partition.OfArn(serialNumber ?? string.Empty) is { } ofDevice)
        {
            return ofDevice;
        }

        string? own = given ?? profile.Region;
        return own is not null && Partition.IsRegionName(own) ? Partition.OfRegion(own) : null;
    }

    // A class with fields: tuples of three, and accessors, are compiled anew at each shell's start.
    private sealed class Candidate(string? value, string source, bool isMeant = true)
    {
        public readonly string? Value = value;
        public readonly string Source = source;
        public readonly bool IsMeant = isMeant;
    }

    private (StsCall Call, string EndpointSource) Call(
        MfaProfile profile, LongTermCredential credential, string service, string signingRegion)
    {
        (var endpoint, string source) = Endpoint(profile, service);
        bool isFips = IsOn("AWS_USE_FIPS_ENDPOINT", profile, "use_fips_endpoint");
        bool isDualStack = service == "sts" && IsOn("AWS_USE_DUALSTACK_ENDPOINT", profile, "use_dualstack_endpoint");
        if (endpoint is null && service == "sts" && !isFips && !isDualStack
            && LegacySts.IsChosen(signingRegion, profile, variables) is { } chosen)
        {
            (endpoint, source, signingRegion) = (LegacySts.Endpoint, chosen, LegacySts.SigningRegion);
        }

        var call = new StsCall
        {
            Profile = profile.Name,
            AccessKeyId = credential.AccessKeyId,

            // What is kept in another store is read only when the call is made: see SecretReader.
            SecretAccessKey = credential.SecretAccessKey ?? string.Empty,
            Region = signingRegion,
            EndpointUrl = endpoint,
            UseFipsEndpoint = endpoint is null && isFips,
            UseDualStackEndpoint = endpoint is null && isDualStack,
            CaBundlePath = CaBundle(profile),
        };
        return (call, source);
    }

    /// <summary>
    /// The STS endpoint that is configured, when it is not AWS's own; else null. What is no address counts as none: it is told of before a
    /// call.
    /// </summary>
    public string? EndpointMark(MfaProfile profile) =>
        FindEndpoint(profile, "sts") is { Value: { } url } && Uri.TryCreate(url, UriKind.Absolute, out var endpoint)
            && !AwsHosts.Contain(endpoint.IdnHost)
            ? endpoint.AbsoluteUri
            : null;

    private bool IsOn(string variable, MfaProfile profile, string setting) =>
        variables[variable] is null ? profile.IsTrue(setting) : variables.IsTrue(variable);

    // As botocore has it: its own variable, the profile's setting, then that of Python's requests (EndpointCreator._get_verify_value).
    // urllib3 expands a ~.
    private string? CaBundle(MfaProfile profile) =>
        (variables["AWS_CA_BUNDLE"] ?? profile.Setting("ca_bundle") ?? variables["REQUESTS_CA_BUNDLE"]) is { } path
            ? profile.Documents.Files.Paths.Resolve(path)
            : null;

    // AWS SDKs and Tools reference guide, "Service-specific endpoints": the more special one first, the environment before the file.
    private (Uri? Endpoint, string Source) Endpoint(MfaProfile profile, string service)
    {
        var found = FindEndpoint(profile, service);
        if (found.Value is not { } url)
        {
            return (null, found.Source);
        }

        return Uri.TryCreate(url, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https"
            && endpoint.UserInfo.Length == 0
            ? (endpoint, found.Source)
            : throw MfaErrors.EndpointInvalid(profile.Name, url, found.Source);
    }

    private Candidate FindEndpoint(MfaProfile profile, string service)
    {
        if (variables.IsTrue("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS") || profile.IsTrue("ignore_configured_endpoint_urls"))
        {
            return new(null, "AWS's rules, as configured endpoints are ignored");
        }

        string ownVariable = $"AWS_ENDPOINT_URL_{service.ToUpperInvariant()}";
        Candidate[] candidates =
        [
            new(variables[ownVariable], ownVariable),
            new(variables["AWS_ENDPOINT_URL"], "AWS_ENDPOINT_URL"),
            .. EndpointsOf(profile, service),
            .. profile.Setting("role_arn") is not null && profile.Source() is { } source ? EndpointsOf(source, service) : [],
        ];
        foreach (var candidate in candidates)
        {
            if (candidate.Value is not null)
            {
                return candidate;
            }
        }

        return new(null, "AWS's rules");
    }

    private static Candidate[] EndpointsOf(MfaProfile profile, string service) =>
    [
        new(profile.ServiceSetting(service, "endpoint_url"), $"the services section of profile '{profile.Name}'"),
        new(profile.Setting("endpoint_url"), $"endpoint_url of profile '{profile.Name}'"),
    ];
}

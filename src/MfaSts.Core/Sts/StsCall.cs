using MfaSts.Credentials;

namespace MfaSts.Sts;

/// <summary>What every call to AWS needs, be it to STS or to IAM: whose keys, and where to.</summary>
public sealed class StsCall
{
    /// <summary>The profile, for messages.</summary>
    public required string Profile { get; init; }

    /// <summary>The access key ID that signs.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The secret access key that signs.</summary>
    public required string SecretAccessKey { get; init; }

    /// <summary>The session token, when the keys are temporary ones.</summary>
    public string? SessionToken { get; init; }

    /// <summary>
    /// The region to sign for and, without <see cref="EndpointUrl"/>, whose regional endpoint is called. IAM has one endpoint a partition:
    /// there it is the partition's <see cref="Profiles.Partition.DefaultRegion"/>.
    /// </summary>
    public required string Region { get; init; }

    /// <summary>An endpoint in place of AWS's own, or null.</summary>
    public Uri? EndpointUrl { get; init; }

    /// <summary>Use the region's FIPS endpoint. Ignored when <see cref="EndpointUrl"/> is set.</summary>
    public bool UseFipsEndpoint { get; init; }

    /// <summary>Use the region's dual-stack endpoint. Ignored when <see cref="EndpointUrl"/> is set.</summary>
    public bool UseDualStackEndpoint { get; init; }

    /// <summary>A PEM file of certificate authorities to trust instead of the system's (AWS_CA_BUNDLE), or null.</summary>
    public string? CaBundlePath { get; init; }

    /// <summary>How long one answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The call goes to AWS itself, not to an emulator of it.</summary>
    internal bool IsToAws => EndpointUrl is null || AwsHosts.Contain(EndpointUrl.IdnHost);

    /// <summary>The same call in another region.</summary>
    public StsCall InRegion(string region) => Copy(AccessKeyId, SecretAccessKey, SessionToken, region);

    /// <summary>The same call with long-term keys whose secret has been read.</summary>
    internal StsCall SignedBy(LongTermCredential keys) => SignedBy(keys.AccessKeyId, keys.SecretAccessKey!, sessionToken: null);

    /// <summary>The same call with other keys.</summary>
    internal StsCall SignedBy(string accessKeyId, string secretAccessKey, string? sessionToken) =>
        Copy(accessKeyId, secretAccessKey, sessionToken, Region);

    private StsCall Copy(string accessKeyId, string secretAccessKey, string? sessionToken, string region) => new()
    {
        Profile = Profile,
        AccessKeyId = accessKeyId,
        SecretAccessKey = secretAccessKey,
        SessionToken = sessionToken,
        Region = region,
        EndpointUrl = EndpointUrl,
        UseFipsEndpoint = UseFipsEndpoint,
        UseDualStackEndpoint = UseDualStackEndpoint,
        CaBundlePath = CaBundlePath,
        Timeout = Timeout,
    };

    /// <summary>Names the profile and key ID; never a secret.</summary>
    public override string ToString() => $"{Profile} ({AccessKeyId}) in {Region}";
}

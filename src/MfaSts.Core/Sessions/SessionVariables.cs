namespace MfaSts.Sessions;

/// <summary>The environment variables by which AWS tools take a session.</summary>
public static class SessionVariables
{
    /// <summary>The access key ID.</summary>
    public const string AccessKeyId = "AWS_ACCESS_KEY_ID";

    /// <summary>The profile whose session is in the environment. Ours; no AWS tool reads it.</summary>
    public const string Profile = "MFASTS_PROFILE";

    /// <summary>
    /// The profile for a prompt: starship's module for AWS looks at it before AWS_PROFILE. It is awsu's variable; no AWS tool reads it.
    /// </summary>
    public const string PromptProfile = "AWSU_PROFILE";

    /// <summary>The profile by its name in the AWS files. Some SDKs take it over keys.</summary>
    public const string AwsProfile = "AWS_PROFILE";

    /// <summary>The keys and what belongs to them.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        Array.AsReadOnly([AccessKeyId, "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_CREDENTIAL_EXPIRATION", Profile, PromptProfile]);

    /// <summary>The region, under the two names of which each SDK reads one.</summary>
    public static IReadOnlyList<string> Region { get; } = Array.AsReadOnly(["AWS_REGION", "AWS_DEFAULT_REGION"]);

    /// <summary>What one SDK or another takes over the keys, or what contradicts them.</summary>
    public static IReadOnlyList<string> Hiding { get; } =
        Array.AsReadOnly([AwsProfile, "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN", "AWS_ACCOUNT_ID", "AWS_CREDENTIAL_SCOPE"]);

    /// <summary>
    /// The role of a pod, a CI job or a dev container, which botocore takes before the profile that AWS_PROFILE names
    /// (<c>AssumeRoleWithWebIdentityProvider</c> reads them unless the profile is given in code). Keys in the environment go before it
    /// everywhere.
    /// </summary>
    public static IReadOnlyList<string> HidingProfile { get; } =
        Array.AsReadOnly(["AWS_ROLE_ARN", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_SESSION_NAME"]);

    /// <summary>All that a session sets.</summary>
    public static IReadOnlyList<string> OfSession { get; } = Array.AsReadOnly(Keys.Concat(Region).ToArray());
}

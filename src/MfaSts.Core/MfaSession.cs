using System.Globalization;
using MfaSts.Sessions;

namespace MfaSts;

/// <summary>
/// Temporary keys of one profile, with the secrets. The properties have the names under which <c>Set-AWSCredential</c> and the AWS.Tools
/// cmdlets take them from the pipeline, and none that would make that ambiguous.
/// </summary>
public sealed class MfaSession
{
    private readonly TimeProvider _clock;

    /// <summary>Made by the services.</summary>
    internal MfaSession(TimeProvider clock) => _clock = clock;

    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The twelve-digit account, when the MFA device's ARN tells it.</summary>
    public string? AccountId { get; init; }

    /// <summary>The access key ID.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The secret access key.</summary>
    public required string SecretAccessKey { get; init; }

    /// <summary>The session token.</summary>
    public required string SessionToken { get; init; }

    /// <summary><see cref="AccessKeyId"/> under the name that AWS.Tools binds.</summary>
    public string AccessKey => AccessKeyId;

    /// <summary><see cref="SecretAccessKey"/> under the name that AWS.Tools binds.</summary>
    public string SecretKey => SecretAccessKey;

    /// <summary>When AWS stops accepting the keys, in UTC.</summary>
    public required DateTimeOffset Expiration { get; init; }

    /// <summary><see cref="Expiration"/> as RFC 3339 in UTC, the form that every AWS tool reads.</summary>
    internal string ExpirationText => Sessions.ExpirationText.Format(Expiration);

    /// <summary>The configured region, or null when none is.</summary>
    public string? Region { get; init; }

    /// <summary>The MFA device whose code the session was got with, or null when that is not known.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The role's ARN when the session is one of an assumed role, or null.</summary>
    public string? AssumedRoleArn { get; init; }

    /// <summary>The role's name, or null. Named so that no parameter of an AWS cmdlet takes it from the pipeline.</summary>
    public string? SessionRole { get; init; }

    /// <summary>The profile with whose long-term keys the role was taken, or null.</summary>
    public string? SessionSource { get; init; }

    /// <summary>The role was taken with the long-term keys, so that there is no MFA in the session's context.</summary>
    internal bool IsDirect { get; init; }

    /// <summary>
    /// The section of the credentials file that holds the session, the AWS tools' name for it as a profile; null when it is not stored.
    /// </summary>
    public required string? Section { get; init; }

    /// <summary>Whether the session was found in the file or is new.</summary>
    public required SessionOrigin Origin { get; init; }

    /// <summary>The time left; zero when it has expired.</summary>
    public TimeSpan Remaining => Expiration - _clock.GetUtcNow() is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>AWS no longer accepts the keys.</summary>
    public bool IsExpired => Remaining == TimeSpan.Zero;

    /// <summary>
    /// The environment variables that carry the session to a child process, for <c>Start-Process -Environment</c> or a container. Without
    /// AWS_PROFILE, which some SDKs take over the keys.
    /// </summary>
    public Dictionary<string, string> ToEnvironment()
    {
        var variables = new Dictionary<string, string>
        {
            ["AWS_ACCESS_KEY_ID"] = AccessKeyId,
            ["AWS_SECRET_ACCESS_KEY"] = SecretAccessKey,
            ["AWS_SESSION_TOKEN"] = SessionToken,
            ["AWS_CREDENTIAL_EXPIRATION"] = ExpirationText,
            [SessionVariables.Profile] = Profile,
            [SessionVariables.PromptProfile] = Profile,
        };
        if (Region is not null)
        {
            variables["AWS_REGION"] = Region;
            variables["AWS_DEFAULT_REGION"] = Region;
        }

        return variables;
    }

    /// <summary>
    /// Says what it is. It holds no secret and is no legal name of an AWS resource, since a piped object's text binds to string parameters.
    /// </summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"(session of {Profile}, expires {ExpirationText})");
}

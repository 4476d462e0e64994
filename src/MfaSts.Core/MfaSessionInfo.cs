using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts;

/// <summary>A stored session as it is listed: no secret, so fit for Export-Csv and ConvertTo-Json.</summary>
public sealed class MfaSessionInfo
{
    /// <summary>The <see cref="Manager"/> of sessions that MfaSts stored.</summary>
    public const string ManagerName = CredentialKeys.ManagerName;

    private readonly TimeProvider _clock;

    internal MfaSessionInfo(TimeProvider clock) => _clock = clock;

    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The account, when it is known from the MFA device's ARN.</summary>
    public string? AccountId { get; init; }

    /// <summary>The role's name when it is the session of one, or null.</summary>
    public string? SessionRole { get; init; }

    /// <summary>The profile with whose long-term keys the role was taken, or null.</summary>
    public string? SessionSource { get; init; }

    /// <summary>Usable, Expiring (less than 5 minutes left), Expired, or Unknown when no expiry is stored.</summary>
    public MfaSessionState State => SessionStates.Of(Expiration, _clock.GetUtcNow());

    /// <summary>The time left in whole seconds, for what is listed is read; or null when no expiry is stored.</summary>
    public TimeSpan? Remaining =>
        Expiration is { } end ? TimeSpan.FromSeconds(Math.Max(0, Math.Floor((end - _clock.GetUtcNow()).TotalSeconds))) : null;

    /// <summary>When AWS stops accepting it, in UTC, or null when that is not stored.</summary>
    public DateTimeOffset? Expiration { get; init; }

    /// <summary>The access key ID.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>The section that holds it, or null for a session that is only in the environment.</summary>
    public string? Section { get; init; }

    /// <summary>The file that holds it, or null for a session that is only in the environment.</summary>
    public string? Path { get; init; }

    /// <summary>The tool that wrote it (the section's <c>manager</c>), or null.</summary>
    public string? Manager { get; init; }

    /// <summary>The session is the one in this process's environment.</summary>
    public bool IsActive { get; init; }

    /// <summary>It is the one in the environment, and this shell renews it (<c>Use-MfaSession -Renew</c>).</summary>
    public bool IsRenewed { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"(session of {Profile}, {State})";
}

using MfaSts.Sts;

namespace MfaSts.Tests.Fakes;

/// <summary>STS without a network: counts what it is asked and gives numbered sessions.</summary>
public sealed class FakeSts(TimeProvider clock) : ISts
{
    private int _calls;

    public int Calls => _calls;

    public StsCall? LastCall { get; private set; }

    public string? LastCode { get; private set; }

    public string? LastSerialNumber { get; private set; }

    public TimeSpan LastDuration { get; private set; }

    /// <summary>What the service's clock is ahead of ours.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>Thrown in place of an answer.</summary>
    public Exception? Failure { get; set; }

    /// <summary>How the access key IDs begin; emulators of STS answer others than AWS.</summary>
    public string KeyPrefix { get; set; } = "ASIA";

    /// <summary>Runs while a call is on its way.</summary>
    public Func<CancellationToken, Task>? Meanwhile { get; set; }

    public async Task<StsAnswer<TemporaryCredential>> GetSessionTokenAsync(
        StsCall call, string serialNumber, string tokenCode, TimeSpan duration, CancellationToken cancellationToken)
    {
        int number = Interlocked.Increment(ref _calls);
        (LastCall, LastSerialNumber, LastCode, LastDuration) = (call, serialNumber, tokenCode, duration);
        if (Meanwhile is not null)
        {
            await Meanwhile(cancellationToken);
        }

        if (Failure is not null)
        {
            throw Failure;
        }

        var session = Session(number, clock.GetUtcNow() + duration);
        return new(new()
        {
            AccessKeyId = KeyPrefix + session.AccessKeyId[4..],
            SecretAccessKey = session.SecretAccessKey,
            SessionToken = session.SessionToken,
            Expiration = session.Expiration,
        }, clock.GetUtcNow() + Skew);
    }

    public List<(StsCall Call, RoleCall Role)> RoleCalls { get; } = [];

    /// <summary>Thrown in place of a role; the next call finds it gone when it is to be thrown once.</summary>
    public Func<StsCall, RoleCall, Exception?> RoleFailure { get; set; } = (_, _) => null;

    public int IdentityCalls { get; private set; }

    public Exception? IdentityFailure { get; set; }

    public async Task<StsAnswer<TemporaryCredential>> AssumeRoleAsync(StsCall call, RoleCall role, CancellationToken cancellationToken)
    {
        int number;
        lock (RoleCalls)
        {
            RoleCalls.Add((call, role));
            number = RoleCalls.Count;
        }

        if (Meanwhile is not null)
        {
            await Meanwhile(cancellationToken);
        }

        return RoleFailure(call, role) is { } failure
            ? throw failure
            : new(Session(1000 + number, clock.GetUtcNow() + role.Duration), clock.GetUtcNow() + Skew);
    }

    public Task<StsAnswer<CallerIdentity>> GetCallerIdentityAsync(StsCall call, CancellationToken cancellationToken)
    {
        IdentityCalls++;
        return IdentityFailure is { } failure
            ? throw failure
            : Task.FromResult(new StsAnswer<CallerIdentity>(
                new CallerIdentity
                {
                    AccountId = "123456789012",
                    Arn = "arn:aws:iam::123456789012:user/alice",
                    UserId = "AIDAX",
                }, clock.GetUtcNow()));
    }

    /// <summary>The session that the call of a number gives.</summary>
    public static TemporaryCredential Session(int number, DateTimeOffset expiration) => new()
    {
        AccessKeyId = $"ASIANEW{number:D13}",
        SecretAccessKey = $"new-secret-{number}",
        SessionToken = $"new-token-{number}",
        Expiration = expiration,
    };
}

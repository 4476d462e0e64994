using MfaSts.Sts;

namespace MfaSts.Cli.Tests.Support;

/// <summary>STS without a network: gives numbered sessions, and remembers what it was asked.</summary>
internal sealed class FakeSts(TimeProvider clock) : ISts
{
    internal List<(string Code, string SerialNumber, TimeSpan Duration, string Region)> Calls { get; } = [];

    /// <summary>Whose keys were asked about: ID, secret, token and region.</summary>
    internal List<(string Id, string Secret, string? Token, string Region)> Identified { get; } = [];

    /// <summary>Thrown in place of an answer.</summary>
    internal Exception? Failure { get; set; }

    public Task<StsAnswer<TemporaryCredential>> GetSessionTokenAsync(
        StsCall call, string serialNumber, string tokenCode, TimeSpan duration, CancellationToken cancellationToken)
    {
        Calls.Add((tokenCode, serialNumber, duration, call.Region));
        if (Failure is not null)
        {
            throw Failure;
        }

        var credential = new TemporaryCredential
        {
            AccessKeyId = $"ASIANEW{Calls.Count:D13}",
            SecretAccessKey = $"new-secret-{Calls.Count}",
            SessionToken = $"new-token-{Calls.Count}",
            Expiration = clock.GetUtcNow() + duration,
        };
        return Task.FromResult<StsAnswer<TemporaryCredential>>(new(credential, clock.GetUtcNow()));
    }

    public Task<StsAnswer<CallerIdentity>> GetCallerIdentityAsync(StsCall call, CancellationToken cancellationToken)
    {
        Identified.Add((call.AccessKeyId, call.SecretAccessKey, call.SessionToken, call.Region));
        if (Failure is not null)
        {
            throw Failure;
        }

        var identity = new CallerIdentity { AccountId = "123456789012", Arn = "arn:aws:iam::123456789012:user/alice", UserId = "AIDACKCEVSQ6C2EXAMPLE" };
        return Task.FromResult<StsAnswer<CallerIdentity>>(new(identity, clock.GetUtcNow()));
    }
}

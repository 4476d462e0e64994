using System.Collections.Immutable;

namespace MfaSts.Sandbox;

/// <summary>An AWS account that lives in memory. Safe for use by many threads.</summary>
public sealed class SandboxAccount
{
    private ImmutableArray<SandboxUser> _users = [];
    private ImmutableArray<SandboxSession> _sessions = [];

    /// <summary>An account without users.</summary>
    /// <param name="accountId">Twelve digits.</param>
    /// <param name="clock">Dates what is made in the account; the system's clock when left out.</param>
    public SandboxAccount(string accountId = "123456789012", TimeProvider? clock = null)
    {
        AccountId = accountId is { Length: 12 } && accountId.All(char.IsAsciiDigit)
            ? accountId
            : throw new ArgumentException("An account ID has twelve digits.", nameof(accountId));
        Clock = clock ?? TimeProvider.System;
    }

    /// <summary>The twelve digits.</summary>
    public string AccountId { get; }

    /// <summary>The users.</summary>
    public IReadOnlyList<SandboxUser> Users => _users;

    /// <summary>Every session issued so far, expired ones too.</summary>
    public IReadOnlyList<SandboxSession> Sessions => _sessions;

    internal TimeProvider Clock { get; }

    /// <summary>An account with the user <c>alice</c>, who has one access key and one MFA device.</summary>
    public static SandboxAccount CreateDefault(TimeProvider? clock = null)
    {
        var account = new SandboxAccount(clock: clock);
        var alice = account.AddUser("alice");
        alice.AddAccessKey();
        alice.AddMfaDevice("alice");
        return account;
    }

    /// <summary>Makes a user. The name <c>root</c> makes the account's owner.</summary>
    /// <param name="name">The name.</param>
    /// <param name="path">The path, beginning and ending with a slash.</param>
    public SandboxUser AddUser(string name, string path = "/")
    {
        var user = new SandboxUser(this, name, path);
        ImmutableInterlocked.Update(ref _users, users => users.Add(user));
        return user;
    }

    /// <summary>The account's number.</summary>
    public override string ToString() => AccountId;

    internal SandboxSession IssueSession(SandboxUser user, DateTimeOffset expiration, bool hasMfa)
    {
        var session = new SandboxSession(user, expiration, hasMfa);
        ImmutableInterlocked.Update(ref _sessions, sessions => sessions.Add(session));
        return session;
    }

    /// <summary>Who signs with an access key ID, or null when it is unknown, not accepted yet or switched off.</summary>
    internal Principal? FindPrincipal(string accessKeyId, DateTimeOffset now)
    {
        if (_sessions.FirstOrDefault(s => s.AccessKeyId == accessKeyId) is { } session)
        {
            return new Principal(session.User, session.SecretAccessKey, session);
        }

        foreach (var user in _users)
        {
            if (user.AccessKeys.FirstOrDefault(k => k.IsActive && k.AcceptedFrom <= now && k.AccessKeyId == accessKeyId) is { } key)
            {
                return new Principal(user, key.SecretAccessKey, session: null);
            }
        }

        return null;
    }
}

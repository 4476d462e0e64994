using System.Collections.Immutable;
using MfaSts.Sandbox.Policies;

namespace MfaSts.Sandbox;

/// <summary>An AWS account that lives in memory. Safe for use by many threads.</summary>
public sealed class SandboxAccount
{
    private ImmutableArray<SandboxUser> _users = [];
    private ImmutableArray<SandboxRole> _roles = [];
    private ImmutableDictionary<string, PolicyDocument> _policies = AwsManagedPolicies.All;
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

    /// <summary>The roles.</summary>
    public IReadOnlyList<SandboxRole> Roles => _roles;

    /// <summary>Every session of its users and roles issued so far, expired ones too.</summary>
    public IReadOnlyList<SandboxSession> Sessions => _sessions;

    internal TimeProvider Clock { get; }

    /// <summary>
    /// An account with the user <c>alice</c>, who has one access key and one MFA device, and the role <c>admin</c>, which needs MFA.
    /// </summary>
    public static SandboxAccount CreateDefault(TimeProvider? clock = null)
    {
        var account = new SandboxAccount(clock: clock);
        var alice = account.AddUser("alice");
        alice.AddAccessKey();
        alice.AddMfaDevice("alice");
        account.AddRole("admin", new SandboxTrust { NeedsMfa = true });
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

    /// <summary>Makes a role, for sessions of at most an hour.</summary>
    /// <param name="name">The name.</param>
    /// <param name="trust">Who may assume it; everybody in the account whose own policy allows it when left out.</param>
    /// <param name="path">The path, beginning and ending with a slash.</param>
    public SandboxRole AddRole(string name, SandboxTrust? trust = null, string path = "/")
    {
        var role = new SandboxRole(this, name, path, trust ?? new SandboxTrust());
        ImmutableInterlocked.Update(ref _roles, roles => roles.Add(role));
        return role;
    }

    /// <summary>Makes a managed policy, for sessions to be narrowed by.</summary>
    /// <param name="name">The name.</param>
    /// <param name="json">The policy.</param>
    /// <returns>The ARN.</returns>
    /// <exception cref="FormatException">The text is no policy.</exception>
    public string AddPolicy(string name, string json)
    {
        string arn = $"arn:aws:iam::{AccountId}:policy/{name}";
        var policy = PolicyDocument.Parse(json);
        ImmutableInterlocked.Update(ref _policies, policies => policies.SetItem(arn, policy));
        return arn;
    }

    /// <summary>The account's number.</summary>
    public override string ToString() => AccountId;

    internal SandboxSession Issue(SandboxSession session)
    {
        ImmutableInterlocked.Update(ref _sessions, sessions => sessions.Add(session));
        return session;
    }

    /// <summary>The managed policy of an ARN, of the account's own or of AWS's; null when there is none.</summary>
    internal PolicyDocument? FindPolicy(string arn) => _policies.GetValueOrDefault(arn);

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

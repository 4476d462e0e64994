using System.Globalization;
using MfaSts.Sandbox.Policies;

namespace MfaSts.Sandbox;

/// <summary>Who makes a call. A plain class: a record would print the secret.</summary>
internal sealed class Principal(SandboxUser user, string secretAccessKey, SandboxSession? session)
{
    internal string SecretAccessKey { get; } = secretAccessKey;

    /// <summary>The session whose keys sign; null for long-term keys.</summary>
    internal SandboxSession? Session { get; } = session;

    /// <summary>The role whose session it is; null for a user.</summary>
    internal SandboxRole? Role => Session?.Role;

    /// <summary>The user; null in a role's session.</summary>
    internal SandboxUser? User => Role is null ? user : null;

    /// <summary>The user whose keys began the chain.</summary>
    internal SandboxUser Origin => user;

    internal bool IsRoot => User is { IsRoot: true };

    internal SandboxAccount Account => Role?.Account ?? user.Account;

    internal string Arn => Session?.Arn ?? user.Arn;

    internal string UserId => Session?.UserId ?? user.UserId;

    /// <summary>The names that mean this caller and no other.</summary>
    internal IReadOnlyList<string> OwnNames => Role is null ? [user.Arn] : [Role.Arn, Arn];

    /// <summary>The names that leave it to the account whom it lets in.</summary>
    internal IReadOnlyList<string> AccountNames => [Account.AccountId, $"arn:aws:iam::{Account.AccountId}:root"];

    /// <summary>The condition keys that every request of this caller has (IAM user guide, "AWS global condition context keys").</summary>
    internal Dictionary<string, string[]> Keys(DateTimeOffset now)
    {
        var keys = new Dictionary<string, string[]>(StringComparer.OrdinalIgnoreCase)
        {
            ["aws:PrincipalArn"] = [Role?.Arn ?? user.Arn],
            ["aws:PrincipalAccount"] = [Account.AccountId],
            ["aws:userid"] = [UserId],
            ["aws:CurrentTime"] = [AwsTime.Extended(now)],
        };
        if (User is { IsRoot: false })
        {
            keys["aws:username"] = [user.Name];
        }

        if (Session is not null)
        {
            AddSession(keys, Session, now);
        }

        return keys;
    }

    /// <summary>What the caller's policies say of a request; none holds for an account's owner.</summary>
    internal Verdict Judge(PolicyRequest request) => new(
        IsRoot ? Decision.Allowed : (Role?.PolicyDocument ?? user.PolicyDocument).Decide(request),
        Session is { Policies: { Count: > 0 } policies } ? PolicyDocument.Decide(policies, request) : Decision.Allowed);

    // Of a call with long-term keys, and of a role's session without MFA, the MFA keys are not there at all.
    private static void AddSession(Dictionary<string, string[]> keys, SandboxSession session, DateTimeOffset now)
    {
        keys["aws:TokenIssueTime"] = [AwsTime.Extended(session.IssuedAt)];
        if (session.MfaAt is { } mfaAt)
        {
            keys["aws:MultiFactorAuthPresent"] = ["true"];
            keys["aws:MultiFactorAuthAge"] = [Math.Floor((now - mfaAt).TotalSeconds).ToString(CultureInfo.InvariantCulture)];
        }
        else if (session.Role is null)
        {
            keys["aws:MultiFactorAuthPresent"] = ["false"];
        }

        foreach ((string key, string value) in session.Tags)
        {
            keys["aws:PrincipalTag/" + key] = [value];
        }

        if (session.SourceIdentity is not null)
        {
            keys["aws:SourceIdentity"] = [session.SourceIdentity];
        }
    }
}

using System.Globalization;
using MfaSts.Sandbox;
using Microsoft.AspNetCore.Http;

namespace MfaSts.PowerShell.Tests;

/// <summary>The part of the control channel that makes roles, in the users' account or in another one, and changes sessions.</summary>
internal sealed class RoleControl(SandboxAccount account)
{
    private const string OnlyWithMfa = """
        {
          "Statement": {
            "Effect": "Allow", "Action": "*", "Resource": "*", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }
          }
        }
        """;

    private int _roles;

    /// <summary>An account besides the users' own.</summary>
    internal SandboxAccount Other { get; } = new("210987654321");

    /// <summary>Makes a role with a name of its own. Whatever the query leaves out is not asked for.</summary>
    internal object AddRole(IQueryCollection query)
    {
        string name = "role" + Interlocked.Increment(ref _roles).ToString(CultureInfo.InvariantCulture);
        var role = (query["other"] == "true" ? Other : account).AddRole(name, new SandboxTrust
        {
            Principals = query["principals"] is [{ Length: > 0 } names] ? names.Split(',') : [account.AccountId],
            NeedsMfa = query["mfa"] == "true",
            MfaAgeLimit = Seconds(query["mfaage"]),
            ExternalId = query["externalid"],
            RoleSessionName = query["sessionname"],
            AllowsTags = query["tags"] == "true",
            AllowsSourceIdentity = query["sourceidentity"] == "true",
        });
        role.MaxSessionDuration = Seconds(query["maximum"]) ?? role.MaxSessionDuration;
        role.Policy = query["policymfa"] == "true" ? OnlyWithMfa : role.Policy;
        return new { Name = name, RoleArn = role.Arn, role.Account.AccountId };
    }

    /// <summary>What the service knows of a session: what the caller has sent to get it.</summary>
    internal object Describe(string accessKeyId)
    {
        var session = Session(accessKeyId);
        return new
        {
            session.Arn,
            session.IssuedAt,
            session.Expiration,
            session.HasMfa,
            session.Tags,
            session.TransitiveTagKeys,
            session.SourceIdentity,
            session.HasPolicies,
        };
    }

    /// <summary>Ends a session before its time; who holds its keys is not told.</summary>
    internal object Expire(string accessKeyId)
    {
        Session(accessKeyId).Expiration = TimeProvider.System.GetUtcNow();
        return Describe(accessKeyId);
    }

    /// <summary>Moves the moment back at which a session's code was given.</summary>
    internal object AgeMfa(string accessKeyId, TimeSpan age)
    {
        Session(accessKeyId).MfaAt = TimeProvider.System.GetUtcNow() - age;
        return Describe(accessKeyId);
    }

    private SandboxSession Session(string accessKeyId) =>
        account.Sessions.Concat(Other.Sessions).Single(session => session.AccessKeyId == accessKeyId);

    private static TimeSpan? Seconds(string? text) =>
        text is null ? null : TimeSpan.FromSeconds(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
}

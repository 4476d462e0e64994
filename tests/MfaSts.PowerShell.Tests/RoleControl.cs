using System.Globalization;
using MfaSts.Sandbox;
using Microsoft.AspNetCore.Http;

namespace MfaSts.PowerShell.Tests;

/// <summary>The part of the control channel that makes roles, in the users' account or in another one, and changes sessions.</summary>
internal sealed class RoleControl(SandboxAccount account)
{
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
        return new { Name = name, RoleArn = role.Arn, role.Account.AccountId };
    }

    /// <summary>Ends a session before its time; who holds its keys is not told.</summary>
    internal object Expire(string accessKeyId) => Change(accessKeyId, session => session.Expiration = TimeProvider.System.GetUtcNow());

    /// <summary>Moves the moment back at which a session's code was given.</summary>
    internal object AgeMfa(string accessKeyId, TimeSpan age) =>
        Change(accessKeyId, session => session.MfaAt = TimeProvider.System.GetUtcNow() - age);

    private object Change(string accessKeyId, Action<SandboxSession> change)
    {
        var session = account.Sessions.Concat(Other.Sessions).Single(session => session.AccessKeyId == accessKeyId);
        change(session);
        return new { session.AccessKeyId, session.Arn, session.Expiration };
    }

    private static TimeSpan? Seconds(string? text) =>
        text is null ? null : TimeSpan.FromSeconds(double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture));
}

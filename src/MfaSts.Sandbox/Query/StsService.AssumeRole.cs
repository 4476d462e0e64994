using System.Globalization;

namespace MfaSts.Sandbox.Query;

/// <content>AssumeRole. A code is spent by a call that is refused for another reason than its form: the harder case for a caller.</content>
internal sealed partial class StsService
{
    private static readonly TimeSpan ChainLimit = TimeSpan.FromHours(1);

    private object[] AssumeRole(QueryCall call)
    {
        RequireRegion(call);
        if (call.Principal.IsRoot)
        {
            throw Refusals.RolesNotForRoot();
        }

        var input = AssumeRoleInput.Read(call);
        var tags = new SessionTags(input, call.Principal.Session);
        var role = Admit(call, input, tags);
        RequireDuration(call.Principal, role, input.Duration);
        var policies = SessionPolicies.Read(input, role.Account);
        int? packedSize = PackedSize.Of(input, tags);
        var session = role.Account.Issue(new SandboxSession(
            call.Principal.Origin, call.Now, ExpirationOf(call, input.Duration), call.Principal.Session?.MfaAt)
        {
            Role = role,
            IsChained = call.Principal.Session is not null,
            RoleSessionName = input.RoleSessionName,
            Tags = tags.All,
            TransitiveTagKeys = tags.TransitiveKeys,
            SourceIdentity = SourceIdentityOf(call.Principal, input),
            Policies = policies,
        });
        return Describe(session, packedSize);
    }

    // Uncertain: the order of AWS's checks.
    private SandboxRole Admit(QueryCall call, AssumeRoleInput input, SessionTags tags)
    {
        bool hasCode = input.Mfa.Spend(call);
        var admission = new RoleAdmission(call, input, _accounts.FindRole(input.RoleArn), tags, hasCode);
        var role = admission.Require("sts:AssumeRole");
        if (tags.All.Count > 0)
        {
            admission.Require("sts:TagSession");
        }

        if (SourceIdentityOf(call.Principal, input) is { } sourceIdentity)
        {
            admission.Require("sts:SetSourceIdentity");
            if (input.SourceIdentity is not null && input.SourceIdentity != sourceIdentity)
            {
                // It sticks to the chain. Uncertain: AWS's words.
                throw Refusals.AccessDenied(call.Principal, "sts:SetSourceIdentity", input.RoleArn);
            }
        }

        return role;
    }

    private static string? SourceIdentityOf(Principal caller, AssumeRoleInput input) =>
        caller.Session?.SourceIdentity ?? input.SourceIdentity;

    private static void RequireDuration(Principal caller, SandboxRole role, TimeSpan duration)
    {
        if (caller.Session is not null && duration > ChainLimit)
        {
            throw Refusals.DurationOverChainLimit();
        }

        if (duration > role.MaxSessionDuration)
        {
            throw Refusals.DurationOverRoleLimit();
        }
    }

    private object[] Describe(SandboxSession session, int? packedSize)
    {
        List<object> answer =
            [Element("AssumedRoleUser", Element("AssumedRoleId", session.UserId), Element("Arn", session.Arn)), Credentials(session)];
        if (packedSize is { } size)
        {
            answer.Add(Element("PackedPolicySize", size.ToString(CultureInfo.InvariantCulture)));
        }

        if (session.SourceIdentity is not null)
        {
            answer.Add(Element("SourceIdentity", session.SourceIdentity));
        }

        return [.. answer];
    }
}

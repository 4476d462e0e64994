using MfaSts.Sts;

namespace MfaSts.Roles;

/// <summary>What a refusal of AssumeRole can mean. AWS answers alike to all of it.</summary>
internal static class RoleRefusal
{
    public static IEnumerable<string> Causes(RoleCall call)
    {
        var role = call.Role;
        yield return "there is no such role";
        yield return "its trust policy, or this user's policy, does not allow sts:AssumeRole";
        yield return role.ExternalId is null
            ? "it asks for an external ID, and none is set (external_id)"
            : "it asks for another external ID than the one that is set";
        yield return call.TokenCode is null
            ? "it asks for a more recent MFA code (aws:MultiFactorAuthAge)"
            : "it asks for another MFA device";
        yield return $"it asks for another role session name than '{call.SessionName}' (role_session_name)";
        if (role.Tags.Count > 0)
        {
            yield return "sts:TagSession is not allowed, or other session tags are asked for";
        }

        if (role.SourceIdentity is not null)
        {
            yield return "sts:SetSourceIdentity is not allowed";
        }
    }
}

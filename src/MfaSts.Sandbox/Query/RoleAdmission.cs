using MfaSts.Sandbox.Policies;

namespace MfaSts.Sandbox.Query;

/// <summary>
/// Whether a caller may assume a role: the role's trust policy has to allow it, and the caller's own policies; these need not where the
/// trust policy names a caller of the same account (IAM user guide, "Policy evaluation logic").
/// </summary>
internal sealed class RoleAdmission
{
    private readonly Principal _caller;
    private readonly AssumeRoleInput _input;
    private readonly SandboxRole? _role;
    private readonly Dictionary<string, string[]> _keys;

    /// <summary>Collects what the policies are asked about.</summary>
    internal RoleAdmission(QueryCall call, AssumeRoleInput input, SandboxRole? role, SessionTags tags, bool hasCode)
    {
        _caller = call.Principal;
        _input = input;
        _role = role;
        _keys = _caller.Keys(call.Now);
        _keys["sts:RoleSessionName"] = [input.RoleSessionName];
        Add("sts:ExternalId", input.ExternalId);
        Add("sts:SourceIdentity", input.SourceIdentity);
        foreach ((string key, string value) in tags.Sent)
        {
            _keys["aws:RequestTag/" + key] = [value];
        }

        Add("aws:TagKeys", [.. tags.Sent.Select(tag => tag.Key)]);
        Add("sts:TransitiveTagKeys", [.. input.TransitiveTagKeys]);
        if (hasCode)
        {
            _keys["aws:MultiFactorAuthPresent"] = ["true"];
            _keys["aws:MultiFactorAuthAge"] = ["0"];
        }
    }

    /// <summary>Requires that an action on the role is allowed.</summary>
    /// <returns>The role.</returns>
    /// <exception cref="Refusal">It is not, or there is no such role: AWS does not tell these apart.</exception>
    internal SandboxRole Require(string action)
    {
        var request = new PolicyRequest(action, _input.RoleArn, [.. _caller.OwnNames, .. _caller.AccountNames], _keys);
        var verdict = _caller.Judge(request);
        bool isAllowed = Trusts(request)
            && (verdict.IsAllowed || (verdict.IsLeftToResource && IsAtHome && Trusts(request with { PrincipalNames = _caller.OwnNames })));
        return isAllowed ? _role! : throw Refusals.AccessDenied(_caller, action, _input.RoleArn + verdict.Denial);
    }

    private bool IsAtHome => _role?.Account == _caller.Account;

    private bool Trusts(PolicyRequest request) => _role?.TrustDocument.Decide(request) == Decision.Allowed;

    private void Add(string key, params string?[] values)
    {
        if (values.OfType<string>().ToArray() is { Length: > 0 } present)
        {
            _keys[key] = present;
        }
    }
}

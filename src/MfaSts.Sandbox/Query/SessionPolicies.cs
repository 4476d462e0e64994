using MfaSts.Sandbox.Policies;

namespace MfaSts.Sandbox.Query;

/// <summary>The session policies of a call: the one it brings, and those it names.</summary>
internal static class SessionPolicies
{
    /// <summary>Reads them.</summary>
    /// <exception cref="Refusal">One is no session policy, or is not there.</exception>
    internal static IReadOnlyList<PolicyDocument> Read(AssumeRoleInput input, SandboxAccount account)
    {
        var named = input.PolicyArns.Select(arn => account.FindPolicy(arn) ?? throw Refusals.NoSuchPolicy(arn));
        return input.Policy is null ? [.. named] : [Parse(input.Policy), .. named];
    }

    private static PolicyDocument Parse(string text)
    {
        try
        {
            var policy = PolicyDocument.Parse(text);
            return policy.HasPrincipal ? throw Refusals.MalformedPolicy("Policy document should not specify a principal.")
                : policy.HasResources ? policy
                : throw Refusals.MalformedPolicy("Policy statement must contain resources.");
        }
        catch (FormatException e)
        {
            throw Refusals.MalformedPolicy(e.Message);
        }
    }
}

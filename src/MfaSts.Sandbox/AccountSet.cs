namespace MfaSts.Sandbox;

/// <summary>The accounts that one server serves.</summary>
internal sealed class AccountSet(IReadOnlyList<SandboxAccount> accounts)
{
    /// <summary>Who signs with an access key ID, or null.</summary>
    internal Principal? FindPrincipal(string accessKeyId, DateTimeOffset now) =>
        accounts.Select(account => account.FindPrincipal(accessKeyId, now)).FirstOrDefault(principal => principal is not null);

    /// <summary>The role of an ARN, or null.</summary>
    internal SandboxRole? FindRole(string arn) => accounts.SelectMany(account => account.Roles).FirstOrDefault(role => role.Arn == arn);
}

namespace MfaSts.Sandbox;

/// <summary>How a sandbox differs from the default one.</summary>
public sealed class SandboxOptions
{
    /// <summary>The port on 127.0.0.1; 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The account to serve; <see cref="SandboxAccount.CreateDefault"/> when null.</summary>
    public SandboxAccount? Account { get; init; }

    /// <summary>Accounts besides it, for roles across accounts.</summary>
    public IReadOnlyList<SandboxAccount> OtherAccounts { get; init; } = [];

    /// <summary>Regions for which STS is switched off.</summary>
    public IReadOnlyCollection<string> DisabledRegions { get; init; } = [];

    /// <summary>How long a key that CreateAccessKey makes is refused with InvalidClientTokenId, as AWS does for some seconds.</summary>
    public TimeSpan NewKeyDelay { get; init; }

    /// <summary>The most that one answer of IAM lists; there may be less in it than the caller asked for.</summary>
    public int PageSize { get; init; } = 100;
}

namespace MfaSts.Sandbox;

/// <summary>Who makes a call. A plain class: a record would print the secret.</summary>
internal sealed class Principal(SandboxUser user, string secretAccessKey, SandboxSession? session)
{
    internal SandboxUser User { get; } = user;

    internal string SecretAccessKey { get; } = secretAccessKey;

    /// <summary>The session whose keys sign; null for long-term keys.</summary>
    internal SandboxSession? Session { get; } = session;
}

namespace MfaSts.Sandbox.Tests.Support;

/// <summary>What a caller signs with.</summary>
internal sealed class Keys(string accessKeyId, string secretAccessKey, string? sessionToken = null)
{
    internal string AccessKeyId { get; } = accessKeyId;

    internal string SecretAccessKey { get; } = secretAccessKey;

    internal string? SessionToken { get; } = sessionToken;

    internal static Keys Of(SandboxAccessKey key) => new(key.AccessKeyId, key.SecretAccessKey);

    internal static Keys Of(SandboxSession session) => new(session.AccessKeyId, session.SecretAccessKey, session.SessionToken);
}

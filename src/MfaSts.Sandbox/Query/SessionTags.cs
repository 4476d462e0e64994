namespace MfaSts.Sandbox.Query;

/// <summary>
/// The tags of a role's session: those sent, and the transitive ones of the calling session
/// (IAM user guide, "Pass session tags in AWS STS").
/// </summary>
internal sealed class SessionTags
{
    private static readonly StringComparer KeyComparer = StringComparer.OrdinalIgnoreCase;

    /// <summary>Joins what a call sends with what its caller's session hands on.</summary>
    /// <exception cref="Refusal">A key is there twice, is transitive without its tag, or is inherited already.</exception>
    internal SessionTags(AssumeRoleInput input, SandboxSession? caller)
    {
        Sent = input.Tags;
        var inherited = (caller?.TransitiveTagKeys ?? []).ToHashSet(KeyComparer);
        var sent = Sent.Select(tag => tag.Key).ToHashSet(KeyComparer);
        if (sent.Count < Sent.Count)
        {
            throw Refusals.TagKeyTwice();
        }

        if (sent.Concat(input.TransitiveTagKeys).Any(inherited.Contains))
        {
            throw Refusals.TagKeyInherited();
        }

        if (!input.TransitiveTagKeys.All(sent.Contains))
        {
            throw Refusals.TransitiveTagMissing();
        }

        All = Sent.Concat((caller?.Tags ?? new Dictionary<string, string>()).Where(tag => inherited.Contains(tag.Key)))
            .ToDictionary(tag => tag.Key, tag => tag.Value, KeyComparer);
        TransitiveKeys = [.. inherited, .. input.TransitiveTagKeys];
    }

    /// <summary>The tags that the call sends.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Sent { get; }

    /// <summary>The tags of the session to be made.</summary>
    internal IReadOnlyDictionary<string, string> All { get; }

    /// <summary>The keys that a further session inherits.</summary>
    internal IReadOnlyList<string> TransitiveKeys { get; }
}

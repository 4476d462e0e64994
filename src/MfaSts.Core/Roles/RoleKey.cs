namespace MfaSts.Roles;

/// <summary>
/// What a stored role session is known by: a hash of all that changes STS's answer. Contents, not names of profiles: a changed role in the
/// middle of a chain is noticed like any other change.
/// </summary>
internal static class RoleKey
{
    /// <summary>The key.</summary>
    /// <param name="chain">The way to the role.</param>
    /// <param name="endpoint">The STS endpoint when it is not AWS's own, or null: an emulator's session must not be handed to AWS.</param>
    public static string Of(RoleChain chain, string? endpoint) => Fnv1A.Hash(Text(chain, endpoint));

    /// <summary>What is hashed.</summary>
    public static string Text(RoleChain chain, string? endpoint)
    {
        var json = new CanonicalJson().Begin().Add(chain.Credential.Command ?? chain.Credential.AccessKeyId).Add(endpoint);
        foreach (var hop in chain.Hops)
        {
            Add(json, hop.Options);
        }

        return json.End().ToString();
    }

    // Tags are a set: their order changes nothing.
    private static void Add(CanonicalJson json, RoleOptions role)
    {
        json.Begin().Add(role.RoleArn).Add(role.ExternalId).Add(role.RoleSessionName).Add(role.SourceIdentity).Add(role.Policy).Begin();
        foreach (string tag in Sorted(role.Tags.Count == 0 ? [] : [.. role.Tags.Select(tag => tag.Key + "\n" + tag.Value)]))
        {
            json.Add(tag);
        }

        json.End().Add(Sorted([.. role.TransitiveTagKeys])).Add(Sorted([.. role.PolicyArns])).End();
    }

    private static string[] Sorted(string[] texts)
    {
        Array.Sort(texts, StringComparer.Ordinal);
        return texts;
    }
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace MfaSts.Sandbox;

/// <summary>The usual terms of a role's trust policy. For others, <see cref="SandboxRole.TrustPolicy"/> takes any policy.</summary>
public sealed class SandboxTrust
{
    /// <summary>
    /// Who may assume the role: ARNs of users and roles, or an account as its number or <c>…:root</c>; the role's own account when empty.
    /// </summary>
    public IReadOnlyList<string> Principals { get; init; } = [];

    /// <summary>Whether <c>aws:MultiFactorAuthPresent</c> has to be true.</summary>
    public bool NeedsMfa { get; init; }

    /// <summary>Below which <c>aws:MultiFactorAuthAge</c> has to be, in whole seconds; null for any age. It counts from the code.</summary>
    public TimeSpan? MfaAgeLimit { get; init; }

    /// <summary>The <c>sts:ExternalId</c> that the caller has to name, or null.</summary>
    public string? ExternalId { get; init; }

    /// <summary>The <c>sts:RoleSessionName</c> that the caller has to choose, or null. It may hold <c>${aws:username}</c>.</summary>
    public string? RoleSessionName { get; init; }

    /// <summary>Whether <c>sts:TagSession</c> is allowed: session tags may be sent, and transitive ones arrive.</summary>
    public bool AllowsTags { get; init; }

    /// <summary>Whether <c>sts:SetSourceIdentity</c> is allowed: a source identity may be set, or arrive from the caller.</summary>
    public bool AllowsSourceIdentity { get; init; }

    /// <summary>The trust policy of a role in an account.</summary>
    internal string ToJson(string accountId)
    {
        List<string> actions = ["sts:AssumeRole"];
        if (AllowsTags)
        {
            actions.Add("sts:TagSession");
        }

        if (AllowsSourceIdentity)
        {
            actions.Add("sts:SetSourceIdentity");
        }

        var statement = new JsonObject
        {
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = Texts(Principals.Count == 0 ? [accountId] : Principals) },
            ["Action"] = Texts(actions),
            ["Condition"] = Conditions(),
        };
        return new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement) }.ToJsonString();
    }

    private JsonObject Conditions()
    {
        var conditions = new JsonObject();
        Add(conditions, "Bool", "aws:MultiFactorAuthPresent", NeedsMfa ? "true" : null);
        string? age = MfaAgeLimit?.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture);
        Add(conditions, "NumericLessThan", "aws:MultiFactorAuthAge", age);
        Add(conditions, "StringEquals", "sts:ExternalId", ExternalId);
        Add(conditions, "StringLike", "sts:RoleSessionName", RoleSessionName);
        return conditions;
    }

    private static void Add(JsonObject conditions, string comparison, string key, string? value)
    {
        if (value is not null)
        {
            conditions[comparison] = new JsonObject { [key] = value };
        }
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}

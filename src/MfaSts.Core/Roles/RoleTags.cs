using MfaSts.Errors;

namespace MfaSts.Roles;

/// <summary>
/// Session tags as profiles write them (aws-vault's keys): <c>session_tags = k=v,k=v</c> and <c>transitive_session_tags = k,k</c>.
/// </summary>
internal static class RoleTags
{
    public static IReadOnlyList<KeyValuePair<string, string>> Parse(string profile, string? text)
    {
        var tags = new List<KeyValuePair<string, string>>();
        foreach (string part in ParseKeys(text))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            tags.Add(equals > 0
                ? new(part[..equals].Trim(), part[(equals + 1)..].Trim())
                : throw MfaErrors.RoleSettingInvalid(profile, "session_tags", $"'{part}' is not of the form key=value"));
        }

        return tags;
    }

    public static IReadOnlyList<string> ParseKeys(string? text) =>
        text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
}

using MfaSts.Errors;

namespace MfaSts.Credentials;

/// <summary>One access key as the AWS console's CSV files have it, before it is known to be of an access key's form.</summary>
public sealed class AccessKeyRow
{
    private AccessKeyRow(string source, string accessKeyId, string secretAccessKey)
    {
        Source = source;
        AccessKeyId = accessKeyId;
        SecretAccessKey = secretAccessKey;
    }

    /// <summary>The column of the access key ID.</summary>
    public const string AccessKeyIdColumn = "Access key ID";

    /// <summary>The column of the secret access key.</summary>
    public const string SecretAccessKeyColumn = "Secret access key";

    /// <summary>The column of the profile; not one of AWS's.</summary>
    public const string ProfileColumn = "Profile";

    /// <summary>The column of the IAM user.</summary>
    public const string UserNameColumn = "User name";

    /// <summary>Where the row stands, for messages.</summary>
    public string Source { get; }

    /// <summary>The profile that the row names, or null.</summary>
    public string? Profile { get; private init; }

    /// <summary>The IAM user that the row names, or null.</summary>
    public string? UserName { get; private init; }

    /// <summary>The access key ID.</summary>
    public string AccessKeyId { get; }

    /// <summary>The secret access key.</summary>
    public string SecretAccessKey { get; }

    /// <summary>Takes a row from wherever its values are.</summary>
    /// <param name="source">Where the row stands, as the beginning of a sentence.</param>
    /// <param name="value">A column's value; null when there is no such column. <see cref="IsColumn"/> says which name is meant.</param>
    /// <exception cref="MfaException">CsvUnreadable: a half of the key is missing. No value is told but the profile.</exception>
    public static AccessKeyRow From(string source, Func<string, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        string? profile = NotEmpty(value(ProfileColumn));
        string id = Required(AccessKeyIdColumn);
        return new AccessKeyRow(source, id, Required(SecretAccessKeyColumn))
        {
            Profile = profile,
            UserName = NotEmpty(value(UserNameColumn)),
        };

        string Required(string column)
        {
            string text = value(column) ?? throw MfaErrors.CsvUnreadable(profile, source, $"there is no column '{column}'");
            return NotEmpty(text) ?? throw MfaErrors.CsvUnreadable(profile, source, $"the column '{column}' is empty");
        }
    }

    /// <summary>
    /// Whether a name in a file, or of an object's property, means a column: case and blanks do not count, since AWS itself has written
    /// them differently.
    /// </summary>
    public static bool IsColumn(string name, string column)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(column);
        return Bare(name).Equals(Bare(column), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Where it stands; never the secret.</summary>
    public override string ToString() => Source;

    private static string Bare(string name) => string.Concat(name.Where(c => !char.IsWhiteSpace(c)));

    private static string? NotEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

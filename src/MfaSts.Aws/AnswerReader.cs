using Amazon.SecurityToken.Model;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <summary>
/// Takes an answer only when it is whole. Keys go from here into a file of lines, so a key that could break a line is no key.
/// </summary>
internal static class AnswerReader
{
    private const int LongestText = 16 * 1024;

    public static TemporaryCredential Credential(GetSessionTokenResponse response) => Credential(response.Credentials);

    public static TemporaryCredential Credential(AssumeRoleResponse response) => Credential(response.Credentials);

    private static TemporaryCredential Credential(Amazon.SecurityToken.Model.Credentials? given)
    {
        var keys = given ?? throw Missing("keys");
        return new TemporaryCredential
        {
            AccessKeyId = KeyId(keys.AccessKeyId),
            SecretAccessKey = Text(keys.SecretAccessKey, "secret access key"),
            SessionToken = Text(keys.SessionToken, "session token"),
            Expiration = Moment(keys.Expiration ?? throw Missing("expiration")),
        };
    }

    public static CallerIdentity Identity(GetCallerIdentityResponse response) => new()
    {
        AccountId = response.Account is { Length: 12 } account && account.All(char.IsAsciiDigit) ? account : throw Missing("account"),
        Arn = Text(response.Arn, "ARN"),
        UserId = Text(response.UserId, "user ID"),
    };

    // AWS documents 16 to 128 word characters. Emulators give IDs that do not begin with ASIA, so that is not asked for.
    public static string KeyId(string? value) =>
        value is { Length: >= 16 and <= 128 } id && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? id
            : throw Missing("access key ID");

    public static string Text(string? value, string what) =>
        value is { Length: > 0 and <= LongestText } text && text.All(c => c is > ' ' and <= '~') ? text : throw Missing(what);

    public static UnusableAnswerException Missing(string what) => new($"the answer holds no usable {what}");

    private static DateTimeOffset Moment(DateTime time) => new(time.ToUniversalTime(), TimeSpan.Zero);
}

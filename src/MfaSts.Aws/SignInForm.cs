using System.Text;
using System.Text.Json;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <summary>
/// What the sign-in is sent, and what it answers (IAM user guide, "Enable custom identity broker access to the AWS console"; AWS's own
/// toolkits send it as a form, too).
/// </summary>
internal static class SignInForm
{
    private const string Token = "SigninToken";

    public static FormUrlEncodedContent Of(StsCall call) =>
        new([new("Action", "getSigninToken"), new("Session", SessionOf(call))]);

    /// <exception cref="UnusableAnswerException">It is not the sign-in's.</exception>
    public static string ReadToken(byte[] body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty(Token, out var token)
                && token.ValueKind == JsonValueKind.String && token.GetString() is { Length: > 0 } text
                ? text
                : throw new UnusableAnswerException($"there is no {Token} in it");
        }
        catch (JsonException)
        {
            throw new UnusableAnswerException("it is not JSON");
        }
    }

    private static string SessionOf(StsCall call)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("sessionId", call.AccessKeyId);
            json.WriteString("sessionKey", call.SecretAccessKey);
            json.WriteString("sessionToken", call.SessionToken);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}

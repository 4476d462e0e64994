using System.Security;

namespace MfaSts.Aws.Tests;

/// <summary>Answers as STS writes them.</summary>
internal static class Answers
{
    public const string AccessKeyId = "ASIAEXAMPLEEXAMPLE12";
    public const string SecretAccessKey = "abcdEFGH/1234+5678ijklMNOPqrstUVWXyz0123";
    public const string SessionToken = "FwoGZXIvYXdzEXAMPLE//////////wEaDExample+Token==";

    public static string Keys(string elements) => Envelope("GetSessionToken", $"<Credentials>{elements}</Credentials>");

    public static string Session(
        string accessKeyId = AccessKeyId,
        string secret = SecretAccessKey,
        string token = SessionToken,
        string expiration = "2031-05-06T07:08:09Z") =>
        Keys(
            Element("AccessKeyId", accessKeyId) + Element("SecretAccessKey", secret) + Element("SessionToken", token) + Element(
                "Expiration", expiration));

    public static string Identity(string account = "123456789012") => Envelope(
        "GetCallerIdentity",
        Element("Arn", "arn:aws:iam::123456789012:user/anna") + Element("UserId", "AIDAEXAMPLE") + Element("Account", account));

    public static string Error(string code, string message) =>
        $"""
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <Error><Type>Sender</Type><Code>{code}</Code><Message>{SecurityElement.Escape(message)}</Message></Error>
          <RequestId>11111111-2222-3333-4444-555555555555</RequestId></ErrorResponse>
        """;

    private static string Envelope(string action, string result) =>
        $"""
        <{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
          <{action}Result>{result}</{action}Result>
          <ResponseMetadata><RequestId>11111111-2222-3333-4444-555555555555</RequestId></ResponseMetadata>
        </{action}Response>
        """;

    private static string Element(string name, string value) => value.Length == 0 ? string.Empty : $"<{name}>{value}</{name}>";
}

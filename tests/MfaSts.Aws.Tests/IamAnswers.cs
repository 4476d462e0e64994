using System.Security;

namespace MfaSts.Aws.Tests;

/// <summary>Answers as IAM writes them.</summary>
internal static class IamAnswers
{
    public const string Xmlns = "https://iam.amazonaws.com/doc/2010-05-08/";

    public static string Devices(string members, string end = "<IsTruncated>false</IsTruncated>") =>
        Envelope("ListMFADevices", $"<ListMFADevicesResult><MFADevices>{members}</MFADevices>{end}</ListMFADevicesResult>");

    public static string Device(
        string serial = "arn:aws:iam::123456789012:mfa/anna", string user = "anna", string date = "2031-05-06T07:08:09Z") =>
        $"<member><UserName>{user}</UserName><SerialNumber>{serial}</SerialNumber><EnableDate>{date}</EnableDate></member>";

    public static string Keys(string members) =>
        Envelope(
            "ListAccessKeys",
            $"<ListAccessKeysResult><AccessKeyMetadata>{members}</AccessKeyMetadata>"
                + "<IsTruncated>false</IsTruncated></ListAccessKeysResult>");

    public static string Key(string id = "AKIAEXAMPLEEXAMPLE56", string status = "Active") =>
        $"<member><UserName>anna</UserName><AccessKeyId>{id}</AccessKeyId><Status>{status}</Status>"
            + "<CreateDate>2031-05-06T07:08:09Z</CreateDate></member>";

    public static string NewKey(string secret) => Envelope(
        "CreateAccessKey",
        $"<CreateAccessKeyResult><AccessKey><UserName>anna</UserName><AccessKeyId>AKIAEXAMPLEEXAMPLE56</AccessKeyId><Status>Active</Status>"
            + $"<SecretAccessKey>{secret}</SecretAccessKey><CreateDate>2031-05-06T07:08:09Z</CreateDate>"
            + "</AccessKey></CreateAccessKeyResult>");

    public static string Done(string action) => Envelope(action, string.Empty);

    public static string Error(string code, string message) =>
        $"""
        <ErrorResponse xmlns="{Xmlns}">
          <Error><Type>Sender</Type><Code>{code}</Code><Message>{SecurityElement.Escape(message)}</Message></Error><RequestId>1</RequestId>
        </ErrorResponse>
        """;

    private static string Envelope(string action, string result) =>
        $"""<{action}Response xmlns="{Xmlns}">{result}<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{action}Response>""";
}

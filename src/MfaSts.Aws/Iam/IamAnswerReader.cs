using System.Globalization;
using System.Xml.Linq;
using MfaSts.Iam;

namespace MfaSts.Aws;

/// <summary>Takes IAM's answers only when they are whole.</summary>
internal static class IamAnswerReader
{
    public const string Active = "Active";
    public const string Inactive = "Inactive";

    public static IEnumerable<IamDevice> Devices(XElement result) => Members(result, "MFADevices").Select(device => new IamDevice
    {
        UserName = UserName(device),
        SerialNumber = AnswerReader.Text(Value(device, "SerialNumber"), "serial number"),
        EnableDate = Moment(device, "EnableDate"),
    });

    public static IEnumerable<IamAccessKey> AccessKeys(XElement result) =>
        Members(result, "AccessKeyMetadata").Select(key => new IamAccessKey
        {
            UserName = UserName(key),
            AccessKeyId = AnswerReader.KeyId(Value(key, "AccessKeyId")),
            IsActive = IsActive(key),
            CreateDate = Moment(key, "CreateDate"),
        });

    public static NewAccessKey NewAccessKey(XElement result)
    {
        var key = Child(result, "AccessKey") ?? throw AnswerReader.Missing("access key");
        return new NewAccessKey
        {
            UserName = UserName(key),
            AccessKeyId = AnswerReader.KeyId(Value(key, "AccessKeyId")),
            SecretAccessKey = AnswerReader.Text(Value(key, "SecretAccessKey"), "secret access key"),
            CreateDate = Moment(key, "CreateDate"),
        };
    }

    /// <summary>Where the next page begins; null on the last one.</summary>
    public static string? Marker(XElement result, bool isLast)
    {
        if (!string.Equals(Value(result, "IsTruncated"), "true", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return isLast
            ? throw new UnusableAnswerException("the answer has no end of pages")
            : AnswerReader.Text(Value(result, "Marker"), "marker");
    }

    private static IEnumerable<XElement> Members(XElement result, string list) =>
        (Child(result, list) ?? throw AnswerReader.Missing("list")).Elements().Where(element => element.Name.LocalName == "member");

    // Beyond ASCII no name goes: AWS allows word characters and + = , . @ -.
    private static string UserName(XElement element) => AnswerReader.Text(Value(element, "UserName"), "user name");

    private static bool IsActive(XElement key) => Value(key, "Status") switch
    {
        Active => true,
        Inactive => false,
        _ => throw AnswerReader.Missing("status"),
    };

    private static DateTimeOffset Moment(XElement element, string name) =>
        DateTimeOffset.TryParse(
            Value(element, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time)
            ? time
            : throw AnswerReader.Missing("date");

    private static string? Value(XElement element, string name) => Child(element, name)?.Value;

    private static XElement? Child(XElement element, string name) => element.Element(element.Name.Namespace + name);
}

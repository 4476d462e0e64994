using System.Globalization;
using System.Xml.Linq;

namespace MfaSts.Sandbox.Query;

/// <summary>
/// AWS IAM, under the policy from AWS's documentation that denies a user without MFA everything but to see that user and its MFA devices.
/// <c>ListUsers</c> stands for all that it protects besides the user's own access keys.
/// </summary>
internal sealed partial class IamService : QueryService
{
    private readonly SandboxAccount _account;
    private readonly SandboxOptions _options;

    internal IamService(SandboxAccount account, SandboxOptions options)
        : base("iam", "2010-05-08")
    {
        _account = account;
        _options = options;
        Operations = new Dictionary<string, Func<QueryCall, object[]>>(StringComparer.Ordinal)
        {
            ["GetUser"] = GetUser,
            ["ListMFADevices"] = ListMfaDevices,
            ["ListUsers"] = ListUsers,
            ["ListAccessKeys"] = ListAccessKeys,
            ["CreateAccessKey"] = CreateAccessKey,
            ["UpdateAccessKey"] = UpdateAccessKey,
            ["DeleteAccessKey"] = DeleteAccessKey,
        };
    }

    protected override IReadOnlyDictionary<string, Func<QueryCall, object[]>> Operations { get; }

    private object[] GetUser(QueryCall call) => [Element("User", Describe(AskedUser(call, "iam:GetUser")))];

    private object[] ListMfaDevices(QueryCall call)
    {
        var user = AskedUser(call, "iam:ListMFADevices", needsMfa: !call.User.ListsDevicesWithoutMfa);
        IEnumerable<(string SerialNumber, DateTimeOffset EnabledAt)> devices =
            [.. user.MfaDevices.Select(device => (device.SerialNumber, device.EnabledAt)), .. user.SecurityKeys.Select(key => (key.SerialNumber, key.EnabledAt))];
        return Page(call, "MFADevices", devices.Select(device => Element(
            "member",
            Element("UserName", user.Name),
            Element("SerialNumber", device.SerialNumber),
            Element("EnableDate", AwsTime.Extended(device.EnabledAt)))));
    }

    private object[] ListUsers(QueryCall call)
    {
        Permit(call, "iam:ListUsers", $"arn:aws:iam::{_account.AccountId}:user/", isOwnAffair: false);
        return Page(call, "Users", _account.Users.Where(user => !user.IsRoot).Select(user => Element("member", Describe(user))));
    }

    private SandboxUser AskedUser(QueryCall call, string action, bool needsMfa = false)
    {
        string name = call.Parameter("UserName") ?? call.User.Name;
        var user = _account.Users.FirstOrDefault(u => u.Name == name);
        Permit(call, action, user?.Arn ?? $"arn:aws:iam::{_account.AccountId}:user/{name}", isOwnAffair: user == call.User && !needsMfa);
        return user ?? throw Refusals.NoSuchUser(name);
    }

    private static void Permit(QueryCall call, string action, string resource, bool isOwnAffair)
    {
        if (call.Principal.Session is { HasMfa: false })
        {
            throw Refusals.InvalidClientTokenIdOfIam();
        }

        bool hasMfa = call.Principal.Session is not null;
        if (!hasMfa && !isOwnAffair && !call.User.IsRoot)
        {
            throw Refusals.AccessDeniedWithoutMfa(call.User, action, resource);
        }
    }

    // Uncertain: AWS's words for a marker that it has not given.
    private object[] Page(QueryCall call, string name, IEnumerable<XElement> all)
    {
        int asked = int.TryParse(call.Parameter("MaxItems"), NumberStyles.None, CultureInfo.InvariantCulture, out int most) ? most : _options.PageSize;
        int skipped = call.Parameter("Marker") is not { } marker ? 0
            : int.TryParse(marker, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : throw Refusals.ValidationErrors([$"Invalid Marker: {marker}"]);
        XElement[] rest = [.. all.Skip(skipped)];
        int count = Math.Clamp(Math.Min(asked, _options.PageSize), 1, Math.Max(rest.Length, 1));
        object[] page = [Element(name, [.. rest.Take(count)]), Element("IsTruncated", rest.Length > count ? "true" : "false")];
        return rest.Length > count ? [.. page, Element("Marker", (skipped + count).ToString(CultureInfo.InvariantCulture))] : page;
    }

    private object[] Describe(SandboxUser user) =>
    [
        Element("Path", user.Path),
        Element("UserName", user.Name),
        Element("UserId", user.UserId),
        Element("Arn", user.Arn),
        Element("CreateDate", AwsTime.Extended(user.CreatedAt)),
    ];
}

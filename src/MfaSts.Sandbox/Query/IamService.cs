using System.Globalization;
using System.Xml.Linq;
using MfaSts.Sandbox.Policies;

namespace MfaSts.Sandbox.Query;

/// <summary>AWS IAM. <c>ListUsers</c> stands for all that policies protect besides a user's own access keys.</summary>
internal sealed partial class IamService : QueryService
{
    private readonly SandboxOptions _options;

    internal IamService(SandboxOptions options)
        : base("iam", "2010-05-08")
    {
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
        var user = AskedUser(call, "iam:ListMFADevices");
        IEnumerable<(string SerialNumber, DateTimeOffset EnabledAt)> devices =
        [
            .. user.MfaDevices.Select(device => (device.SerialNumber, device.EnabledAt)),
            .. user.SecurityKeys.Select(key => (key.SerialNumber, key.EnabledAt)),
        ];
        return Page(call, "MFADevices", devices.Select(device => Element(
            "member",
            Element("UserName", user.Name),
            Element("SerialNumber", device.SerialNumber),
            Element("EnableDate", AwsTime.Extended(device.EnabledAt)))));
    }

    private object[] ListUsers(QueryCall call)
    {
        var account = call.Principal.Account;
        Permit(call, "iam:ListUsers", $"arn:aws:iam::{account.AccountId}:user/");
        return Page(call, "Users", account.Users.Where(user => !user.IsRoot).Select(user => Element("member", Describe(user))));
    }

    private static SandboxUser AskedUser(QueryCall call, string action)
    {
        var account = call.Principal.Account;
        string name = call.Parameter("UserName") ?? call.Principal.User?.Name ?? throw Refusals.UserNameMissing();
        var user = account.Users.FirstOrDefault(u => u.Name == name);
        Permit(call, action, user?.Arn ?? $"arn:aws:iam::{account.AccountId}:user/{name}");
        return user ?? throw Refusals.NoSuchUser(name);
    }

    private static void Permit(QueryCall call, string action, string resource)
    {
        var caller = call.Principal;
        if (caller.Session is { Role: null, HasMfa: false })
        {
            throw Refusals.InvalidClientTokenIdOfIam();
        }

        var verdict = caller.Judge(new PolicyRequest(action, resource, caller.OwnNames, caller.Keys(call.Now)));
        if (!verdict.IsAllowed)
        {
            throw Refusals.AccessDenied(caller, action, resource + verdict.Reason(action));
        }
    }

    // Uncertain: AWS's words for a marker that it has not given.
    private object[] Page(QueryCall call, string name, IEnumerable<XElement> all)
    {
        int asked = int.TryParse(call.Parameter("MaxItems"), NumberStyles.None, CultureInfo.InvariantCulture, out int most)
            ? most : _options.PageSize;
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

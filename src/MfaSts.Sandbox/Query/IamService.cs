namespace MfaSts.Sandbox.Query;

/// <summary>
/// AWS IAM, under the policy from AWS's documentation that denies a user without MFA everything but his own affairs.
/// <c>ListUsers</c> stands for all that it protects.
/// </summary>
internal sealed class IamService : QueryService
{
    private readonly SandboxAccount _account;

    internal IamService(SandboxAccount account)
        : base("iam", "2010-05-08")
    {
        _account = account;
        Operations = new Dictionary<string, Func<QueryCall, object[]>>(StringComparer.Ordinal)
        {
            ["GetUser"] = GetUser,
            ["ListMFADevices"] = ListMfaDevices,
            ["ListUsers"] = ListUsers,
        };
    }

    protected override IReadOnlyDictionary<string, Func<QueryCall, object[]>> Operations { get; }

    private object[] GetUser(QueryCall call) => [Element("User", Describe(AskedUser(call, "iam:GetUser")))];

    private object[] ListMfaDevices(QueryCall call)
    {
        var user = AskedUser(call, "iam:ListMFADevices");
        IEnumerable<object> devices = user.MfaDevices.Select(device => Element(
            "member",
            Element("UserName", user.Name),
            Element("SerialNumber", device.SerialNumber),
            Element("EnableDate", AwsTime.Extended(device.EnabledAt))));
        return [Element("MFADevices", [.. devices]), Element("IsTruncated", "false")];
    }

    private object[] ListUsers(QueryCall call)
    {
        Permit(call, "iam:ListUsers", $"arn:aws:iam::{_account.AccountId}:user/", isOwnAffair: false);
        IEnumerable<object> users = _account.Users.Where(user => !user.IsRoot).Select(user => Element("member", Describe(user)));
        return [Element("Users", [.. users]), Element("IsTruncated", "false")];
    }

    private SandboxUser AskedUser(QueryCall call, string action)
    {
        string name = call.Parameter("UserName") ?? call.User.Name;
        var user = _account.Users.FirstOrDefault(u => u.Name == name);
        Permit(call, action, user?.Arn ?? $"arn:aws:iam::{_account.AccountId}:user/{name}", isOwnAffair: user == call.User);
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

    private object[] Describe(SandboxUser user) =>
    [
        Element("Path", user.Path),
        Element("UserName", user.Name),
        Element("UserId", user.UserId),
        Element("Arn", user.Arn),
        Element("CreateDate", AwsTime.Extended(user.CreatedAt)),
    ];
}

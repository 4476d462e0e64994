namespace MfaSts.Sandbox.Query;

/// <content>A user's access keys. The policy lets nobody see or touch them without MFA.</content>
internal sealed partial class IamService
{
    private const int MostAccessKeys = 2;

    private object[] ListAccessKeys(QueryCall call)
    {
        var user = AskedUser(call, "iam:ListAccessKeys");
        return Page(call, "AccessKeyMetadata", user.AccessKeys.Select(key => Element(
            "member",
            Element("UserName", user.Name),
            Element("AccessKeyId", key.AccessKeyId),
            Element("Status", Status(key)),
            Element("CreateDate", AwsTime.Extended(key.CreatedAt)))));
    }

    private object[] CreateAccessKey(QueryCall call)
    {
        var user = AskedUser(call, "iam:CreateAccessKey");
        var key = user.TryAddAccessKey(MostAccessKeys, _options.NewKeyDelay) ?? throw Refusals.AccessKeyLimit(MostAccessKeys);
        return
        [
            Element(
                "AccessKey",
                Element("UserName", user.Name),
                Element("AccessKeyId", key.AccessKeyId),
                Element("Status", Status(key)),
                Element("SecretAccessKey", key.SecretAccessKey),
                Element("CreateDate", AwsTime.Extended(key.CreatedAt))),
        ];
    }

    private static object[] UpdateAccessKey(QueryCall call)
    {
        var key = AskedKey(call, "iam:UpdateAccessKey").Key;
        string? status = call.Parameter("Status");
        key.IsActive = status is "Active" or "Inactive"
            ? status == "Active"
            : throw Refusals.ValidationErrors(
                [$"Value '{status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]"]);
        return [];
    }

    private static object[] DeleteAccessKey(QueryCall call)
    {
        var (user, key) = AskedKey(call, "iam:DeleteAccessKey");
        user.RemoveAccessKey(key);
        return [];
    }

    private static (SandboxUser User, SandboxAccessKey Key) AskedKey(QueryCall call, string action)
    {
        var user = AskedUser(call, action);
        string id = call.Parameter("AccessKeyId")
            ?? throw Refusals.ValidationErrors(["Value null at 'accessKeyId' failed to satisfy constraint: Member must not be null"]);
        return (user, user.AccessKeys.FirstOrDefault(key => key.AccessKeyId == id) ?? throw Refusals.NoSuchAccessKey(id));
    }

    private static string Status(SandboxAccessKey key) => key.IsActive ? "Active" : "Inactive";
}

using System.Text.RegularExpressions;

namespace MfaSts.Sandbox.Query;

/// <summary>What AssumeRole takes (AWS STS API reference, "AssumeRole").</summary>
internal sealed partial class AssumeRoleInput
{
    private const string NamePattern = @"[\w+=,.@-]*";
    private const int MostPolicyCharacters = 2048;
    private const int MostPolicies = 10;
    private const int MostTags = 50;

    private AssumeRoleInput(InputCheck check)
    {
        RoleArn = check.RequiredText("RoleArn", 20, 2048, ".*");
        RoleSessionName = check.RequiredText("RoleSessionName", 2, 64, NamePattern);
        ExternalId = check.Text("ExternalId", 2, 1224, @"[\w+=,.@:\/-]*");
        SourceIdentity = check.Text("SourceIdentity", 2, 64, NamePattern);
        Policy = check.Text("Policy", 1, int.MaxValue, @"[\u0009\u000A\u000D\u0020-\u00FF]+");
        PolicyArns = check.Texts("PolicyArns", MostPolicies, ".arn", 20, 2048, ".*");
        check.RequireLength("policy", (Policy ?? string.Empty) + string.Concat(PolicyArns), MostPolicyCharacters);
        var keys = check.Texts("Tags", MostTags, ".Key", 1, 128, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]+");
        var values = check.Texts("Tags", MostTags, ".Value", 0, 256, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]*");
        Tags = [.. keys.Zip(values, KeyValuePair.Create)];
        TransitiveTagKeys = check.Texts("TransitiveTagKeys", MostTags, string.Empty, 1, 128, @"[\p{L}\p{Z}\p{N}_.:/=+\-@]+");
        Mfa = new MfaInput(check);
        Duration = check.Duration(usualSeconds: 3600, mostSeconds: 43200);
    }

    internal string RoleArn { get; }

    internal string RoleSessionName { get; }

    internal string? ExternalId { get; }

    internal string? SourceIdentity { get; }

    internal string? Policy { get; }

    internal IReadOnlyList<string> PolicyArns { get; }

    internal IReadOnlyList<KeyValuePair<string, string>> Tags { get; }

    internal IReadOnlyList<string> TransitiveTagKeys { get; }

    internal MfaInput Mfa { get; }

    internal TimeSpan Duration { get; }

    /// <exception cref="Refusal">All that is wrong, in one message.</exception>
    internal static AssumeRoleInput Read(QueryCall call)
    {
        var check = new InputCheck(call);
        var input = new AssumeRoleInput(check);
        check.Finish();
        return RoleForm().IsMatch(input.RoleArn) ? input : throw Refusals.ArnInvalid(input.RoleArn);
    }

    [GeneratedRegex(@"\Aarn:[\w-]+:iam::[0-9]{12}:role/.+\z")]
    private static partial Regex RoleForm();
}

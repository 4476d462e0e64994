using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Policies;

/// <summary>
/// An IAM policy for users or their group: without MFA nothing works but what leads to a session. It follows AWS's own example (IAM user
/// guide, "AWS: Allows MFA-authenticated IAM users to manage their own credentials on the Security credentials page"). It grants nothing
/// beyond the user's own user, devices and keys: what else is allowed with MFA is for other policies to say.
/// </summary>
/// <remarks><c>${aws:username}</c> stands for users without a path, as in AWS's example.</remarks>
public sealed class MfaPolicyDocument
{
    // IAM and AWS STS quotas: characters of a managed policy; white space is not counted.
    private const int MostCharacters = 6144;

    // GetSessionToken needs no permission, but a Deny holds for it too. GetCallerIdentity cannot be denied.
    private static readonly string[] Basic = ["iam:GetUser", "iam:ListMFADevices", "sts:GetSessionToken"];

    // What a user needs who has no device yet. Whoever has that user's long-term key can enrol a device as well: IAM has no condition that
    // tells the first from a further one.
    private static readonly string[] Enrolment =
        ["iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetMFADevice", "iam:ListVirtualMFADevices", "iam:ResyncMFADevice"];

    /// <summary>Users may enrol their first device, and with MFA manage their devices, access keys and password.</summary>
    public bool HasSelfService { get; init; }

    /// <summary>
    /// Actions that MFA is not asked for, such as <c>s3:Get*</c>. They are only kept from the denial: another policy has to allow them.
    /// </summary>
    public IReadOnlyList<string> Exceptions { get; init; } = [];

    /// <summary>The partition of the account.</summary>
    public Partition Partition { get; init; } = Partition.Commercial;

    /// <summary>The policy as JSON: the same text for the same settings, lines ended by LF, none at the end.</summary>
    /// <param name="isCompressed">Without white space.</param>
    /// <exception cref="MfaException">PolicyInvalid: an exception is not of an action's form, or the policy is longer than IAM
    /// takes.</exception>
    public string ToJson(bool isCompressed = false)
    {
        foreach (string action in Exceptions)
        {
            RequireAction(action);
        }

        string text = Write(isCompressed);
        int length = text.Count(c => !char.IsWhiteSpace(c));
        return length <= MostCharacters ? text : throw MfaErrors.PolicyTooLong(length, MostCharacters);
    }

    /// <summary>The policy as JSON.</summary>
    public override string ToString() => ToJson();

    // A service's prefix has no wildcards in IAM either; '*' alone would switch the policy off.
    private static void RequireAction(string action)
    {
        int colon = action.IndexOf(':', StringComparison.Ordinal);
        bool isAction = colon > 0 && colon < action.Length - 1
            && action[..colon].All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
            && action[(colon + 1)..].All(c => char.IsAsciiLetterOrDigit(c) || c is '*' or '?');
        if (!isAction)
        {
            throw MfaErrors.PolicyActionInvalid(action);
        }
    }

    private string Write(bool isCompressed)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions
        {
            Indented = !isCompressed,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        }))
        {
            json.WriteStartObject();
            json.WriteString("Version", "2012-10-17");
            json.WriteStartArray("Statement");
            foreach (var statement in Statements())
            {
                statement.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()).ReplaceLineEndings("\n");
    }

    private IEnumerable<PolicyStatement> Statements()
    {
        string ownUser = $"arn:{Partition.Name}:iam::*:user/${{aws:username}}";
        yield return PolicyStatement.Allow("SeeOwnUserAndDevices", ownUser, "iam:GetUser", "iam:ListMFADevices");
        if (HasSelfService)
        {
            yield return PolicyStatement.Allow("SeeWhatThePageShows", "*", "iam:GetAccountPasswordPolicy", "iam:ListVirtualMFADevices");
            yield return PolicyStatement.Allow("CreateDevice", $"arn:{Partition.Name}:iam::*:mfa/*", "iam:CreateVirtualMFADevice");
            yield return PolicyStatement.Allow(
                "ManageOwnDevices", ownUser, "iam:DeactivateMFADevice", "iam:EnableMFADevice", "iam:GetMFADevice", "iam:ResyncMFADevice");
            yield return PolicyStatement.Allow(
                "ManageOwnAccessKeys", ownUser, "iam:CreateAccessKey", "iam:DeleteAccessKey", "iam:GetAccessKeyLastUsed",
                    "iam:ListAccessKeys", "iam:UpdateAccessKey");
            yield return PolicyStatement.Allow("ChangeOwnPassword", ownUser, "iam:ChangePassword");
        }

        // IAM does not look at the case of an action.
        yield return PolicyStatement.DenyWithoutMfa(
            "DenyAllElseWithoutMfa",
            [.. Basic.Concat(HasSelfService ? Enrolment : []).Concat(Exceptions).Distinct(
                StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)]);
    }
}

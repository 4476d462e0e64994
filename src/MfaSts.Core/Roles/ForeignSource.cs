using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Roles;

/// <summary>A source of keys that is another program's business than MfaSts's.</summary>
/// <param name="key">The setting that says so.</param>
/// <param name="owner">Whose business it is, as the end of a sentence.</param>
internal sealed class ForeignSource(string key, string owner)
{
    private static readonly ForeignSource[] All =
    [
        new("sso_session", "AWS IAM Identity Center's"),
        new("sso_start_url", "AWS IAM Identity Center's"),
        new("sso_account_id", "AWS IAM Identity Center's"),
        new("login_session", "that of 'aws login'"),
        new("web_identity_token_file", "that of the service which writes the token"),
        new("credential_source", "that of the machine's own role"),
    ];

    /// <summary>The foreign source that a profile names, or null.</summary>
    public static ForeignSource? Of(MfaProfile profile)
    {
        if (profile.Setting("credential_process") is { } process
            && !CredentialProcessCommand.IsOurs(process)
            && profile.Setting("role_arn") is null)
        {
            return new ForeignSource("credential_process", "that of the program which it names");
        }

        return Array.Find(All, candidate => profile.Setting(candidate.Key) is not null);
    }

    public MfaException Refuse(string profile, string source, string path) =>
        MfaErrors.RoleSourceForeign(profile, source, key, owner, path);

    private string Key => key;
}

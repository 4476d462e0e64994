using MfaSts.Credentials;
using MfaSts.Files;
using MfaSts.Roles;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Parameters;

/// <summary>Completes profile names, with what is stored for each as tooltip.</summary>
public sealed class ProfileCompleter : LocalCompleter
{
    private protected override IEnumerable<(string Value, string Tooltip)> Find(AwsFiles files, string? profile)
    {
        var tooltips = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var credential in new LongTermCredentialStore(files).List())
        {
            tooltips[credential.Profile] = $"{credential.Profile}: long-term key {credential.AccessKeyId}";
        }

        foreach (var role in RoleProfile.List(files))
        {
            tooltips[role.Name] = $"{role.Name}: role {role.RoleArn}, taken with {role.Source}";
        }

        foreach (var session in new SessionStore(files, TimeProvider.System).List(activeAccessKeyId: null))
        {
            tooltips[session.Profile] =
                $"{session.Profile}: {(session.SessionRole is { } role ? $"session of role {role}" : "session")}, "
                    + $"{SessionWords.StateOf(session)}";
        }

        return tooltips.Select(entry => (entry.Key, entry.Value));
    }
}

using MfaSts.Credentials;
using MfaSts.Files;
using MfaSts.Roles;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Parameters;

/// <summary>A profile that a session can be had for, as it is offered to choose from.</summary>
/// <param name="Profile">The profile.</param>
/// <param name="Label">Its name with the state of its session.</param>
/// <param name="Help">What is known of it.</param>
internal sealed record ProfileChoice(string Profile, string Label, string Help)
{
    /// <summary>The profile that is used when none is named in any way.</summary>
    public const string UsualName = "default";

    /// <summary>All profiles that have long-term keys, a session or a role, in the order of the files. No store is asked.</summary>
    public static IReadOnlyList<ProfileChoice> List(AwsFiles files)
    {
        var sessions = new SessionStore(files, TimeProvider.System).List(activeAccessKeyId: null)
            .GroupBy(session => session.Profile).ToDictionary(group => group.Key, group => group.MaxBy(session => session.Expiration)!);
        var help = new Dictionary<string, string>();
        foreach (var credential in new LongTermCredentialStore(files).List())
        {
            help.TryAdd(credential.Profile, $"long-term key {credential.AccessKeyId} in [{credential.Section}]");
        }

        foreach (var role in RoleProfile.List(files))
        {
            help.TryAdd(role.Name, $"role {role.RoleArn}, taken with {role.Source}");
        }

        foreach (var session in sessions.Values)
        {
            help.TryAdd(session.Profile, $"a session in [{session.Section}]");
        }

        return
        [
            .. help.Select(
                entry => new ProfileChoice(
                    entry.Key,
                    sessions.TryGetValue(entry.Key, out var session)
                        ? $"{entry.Key} ({SessionWords.StateOf(session)})"
                        : $"{entry.Key} (no session)",
                    entry.Value)),
        ];
    }
}

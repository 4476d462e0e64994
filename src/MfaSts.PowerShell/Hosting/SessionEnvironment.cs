using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Hosting;

/// <summary>
/// The session in this process's environment. The environment is one for all runspaces, so what stood there before is kept once for the process.
/// </summary>
internal static class SessionEnvironment
{
    private static readonly string[] All = SessionVariables.OfSession.Concat(SessionVariables.Hiding).ToArray();
    private static readonly object Gate = new();

    private static Dictionary<string, string?>? _before;
    private static Dictionary<string, string?> _set = [];
    private static int _scopes;

    /// <summary>The access key ID of the session in the environment, or null.</summary>
    public static string? ActiveAccessKeyId => EnvironmentVariables.OfProcess[SessionVariables.AccessKeyId];

    /// <summary>The section named by AWS_PROFILE when no keys stand in its way, or null.</summary>
    public static string? ActiveSection => ActiveAccessKeyId is null ? EnvironmentVariables.OfProcess[SessionVariables.AwsProfile] : null;

    /// <summary>What tells whether anybody has put another session there: the access key ID and the section, or nulls.</summary>
    public static (string? AccessKeyId, string? Section) Mark => (ActiveAccessKeyId, EnvironmentVariables.OfProcess[SessionVariables.AwsProfile]);

    /// <summary>The session that was put there last; null when it was taken out, or none was.</summary>
    public static MfaSession? Used { get; private set; }

    /// <summary>A script block is running with a session of its own.</summary>
    public static bool IsScoped => Volatile.Read(ref _scopes) > 0;

    /// <summary>
    /// The environment as it was before the first Use-MfaSession, here or in the shell that this one was started from, but for what the user has changed
    /// since. Otherwise the region of the profile in use would count as the user's wish for the next one.
    /// </summary>
    public static EnvironmentVariables AsBeforeUse(AwsFiles files) => new(name => ReadAsBeforeUse(name, files));

    /// <summary>Puts a session into the environment, and takes away what would hide it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="files">The AWS files, which tell the region of a profile that was in use before.</param>
    /// <param name="byProfile">Name its section in AWS_PROFILE instead of giving its keys.</param>
    public static void Use(MfaSession session, AwsFiles files, bool byProfile)
    {
        lock (Gate)
        {
            _before ??= Capture();
            var values = NoneOf(SessionVariables.Keys.Concat(SessionVariables.Hiding));
            foreach ((string name, string value) in session.ToEnvironment())
            {
                if (!byProfile || SessionVariables.Region.Contains(name))
                {
                    values[name] = value;
                }
            }

            values[SessionVariables.AwsProfile] = byProfile ? session.Section : null;
            RestoreRegion(values, files);
            Write(values);
            _set = values;
            Used = session;
        }
    }

    /// <summary>Takes the session out of the environment.</summary>
    /// <returns>False when there is none of ours.</returns>
    public static bool Clear()
    {
        lock (Gate)
        {
            if (_before is not null)
            {
                Write(_before);
                _before = null;
                _set = [];
                Used = null;
                return true;
            }

            // Inherited from a shell that used MfaSts: what was before is known there only.
            if (EnvironmentVariables.OfProcess[SessionVariables.Profile] is null)
            {
                return false;
            }

            Write(NoneOf(SessionVariables.Keys));
            return true;
        }
    }

    /// <summary>Remembers the environment, to put it back after a script block.</summary>
    public static EnvironmentScope Begin()
    {
        lock (Gate)
        {
            var (before, set, used, variables) = (_before, _set, Used, Capture());
            _scopes++;
            return new EnvironmentScope(() =>
            {
                lock (Gate)
                {
                    _scopes--;
                    Write(variables);
                    (_before, _set, Used) = (before, set, used);
                }
            });
        }
    }

    // Loops, here and below: the runtime compiles each lambda at a shell's start, and three methods more for the first of a class.
    private static Dictionary<string, string?> Capture()
    {
        var values = new Dictionary<string, string?>();
        foreach (string name in All)
        {
            values[name] = Environment.GetEnvironmentVariable(name);
        }

        return values;
    }

    private static Dictionary<string, string?> NoneOf(IEnumerable<string> names)
    {
        var values = new Dictionary<string, string?>();
        foreach (string name in names)
        {
            values[name] = null;
        }

        return values;
    }

    // A session without a region must not keep the region of the session before it.
    private static void RestoreRegion(Dictionary<string, string?> values, AwsFiles files)
    {
        foreach (string name in SessionVariables.Region)
        {
            if (values.ContainsKey(name))
            {
                continue;
            }

            if (_set.ContainsKey(name))
            {
                values[name] = WithoutInherited(name, _before![name], files);
            }
            else if (WithoutInherited(name, Environment.GetEnvironmentVariable(name), files) is null)
            {
                values[name] = null;
            }
        }
    }

    private static void Write(Dictionary<string, string?> values)
    {
        foreach ((string name, string? value) in values)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private static string? ReadAsBeforeUse(string name, AwsFiles files)
    {
        lock (Gate)
        {
            string? now = Environment.GetEnvironmentVariable(name);
            bool isOurs = _before is not null && _set.TryGetValue(name, out string? ours) && ours == now;
            return WithoutInherited(name, isOurs ? _before![name] : now, files);
        }
    }

    // A region that came with the session of the shell before is not the user's wish.
    private static string? WithoutInherited(string name, string? value, AwsFiles files)
    {
        string? profile = _before is null ? EnvironmentVariables.OfProcess[SessionVariables.Profile] : _before[SessionVariables.Profile];
        return value is not null && !string.IsNullOrEmpty(profile) && SessionVariables.Region.Contains(name) && value == RegionOf(profile, files) ? null : value;
    }

    private static string? RegionOf(string profile, AwsFiles files)
    {
        try
        {
            return new SessionStore(files, TimeProvider.System).RegionOf(profile);
        }
        catch (MfaException)
        {
            return null;
        }
    }
}

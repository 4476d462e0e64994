using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Hosting;

/// <summary>
/// The session in this process's environment. The environment is one for all runspaces, so what stood there before is kept once for the
/// process.
/// </summary>
internal static class SessionEnvironment
{
    private static readonly string[] All = [.. SessionVariables.OfSession, .. SessionVariables.Hiding, .. SessionVariables.HidingProfile];
    private static readonly object Gate = new();

    private static readonly EnvironmentTurns Turns = new();

    private static Dictionary<string, string?>? _before;
    private static Dictionary<string, string?> _set = [];

    // As it was before the script block that is running; null when none is.
    private static Dictionary<string, string?>? _beforeBlock;

    /// <summary>The access key ID of the session in the environment, or null.</summary>
    public static string? ActiveAccessKeyId => EnvironmentVariables.OfProcess[SessionVariables.AccessKeyId];

    /// <summary>The section named by AWS_PROFILE when no keys stand in its way, or null.</summary>
    public static string? ActiveSection => ActiveAccessKeyId is null ? EnvironmentVariables.OfProcess[SessionVariables.AwsProfile] : null;

    /// <summary>What tells whether anybody has put another session there: the access key ID and the section, or nulls.</summary>
    public static (string? AccessKeyId, string? Section) Mark =>
        (ActiveAccessKeyId, EnvironmentVariables.OfProcess[SessionVariables.AwsProfile]);

    /// <summary>The session that was put there last; null when it was taken out, or none was.</summary>
    public static MfaSession? Used { get; private set; }

    /// <summary>A script block is running with a session of its own.</summary>
    public static bool IsScoped => Turns.IsTaken;

    /// <summary>
    /// The environment as it is for the caller: what another runspace's script block has put there meanwhile is not meant for it.
    /// </summary>
    public static EnvironmentVariables Own { get; } = new(ReadOwn);

    /// <summary>
    /// The environment as it was before the first Use-MfaSession, here or in the shell that this one was started from, but for what the
    /// user has changed since. Otherwise the region of the profile in use would count as the user's wish for the next one.
    /// </summary>
    public static EnvironmentVariables AsBeforeUse(AwsFiles files) => new(name => ReadAsBeforeUse(name, files));

    /// <summary>Asks for the turn to put a session into the environment, and to take away what would hide it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="files">The AWS files, which tell the region of a profile that was in use before.</param>
    /// <param name="byProfile">Name its section in AWS_PROFILE instead of giving its keys.</param>
    /// <param name="runspace">The caller's runspace.</param>
    /// <exception cref="MfaException">EnvironmentInUse.</exception>
    public static EnvironmentTurn Use(MfaSession session, AwsFiles files, bool byProfile, Guid runspace) => Turns.Take(
        key: null,
        runspace,
        () =>
        {
            Put(session, files, byProfile);
            return null;
        });

    /// <summary>Puts a session into the environment if no script block is running with another one.</summary>
    public static bool TryUse(MfaSession session, AwsFiles files, bool byProfile) => Turns.TryChange(() => Put(session, files, byProfile));

    /// <summary>Asks for the turn to run a script block with a session. What it changes is put back when the turn is given back.</summary>
    /// <exception cref="MfaException">EnvironmentInUse.</exception>
    public static EnvironmentTurn UseForBlock(MfaSession session, AwsFiles files, bool byProfile, Guid runspace) => Turns.Take(
        (session.AccessKeyId, session.Section, session.Profile, session.Region, byProfile),
        runspace,
        () => PutForBlock(session, files, byProfile));

    /// <summary>The script block of a turn begins, on this thread.</summary>
    public static void BeginBlock(EnvironmentTurn turn) => Turns.Begin(turn);

    /// <summary>Asks for the turn to take the session out of the environment.</summary>
    /// <param name="runspace">The caller's runspace.</param>
    /// <param name="onDone">Learns whether there was one of ours.</param>
    /// <exception cref="MfaException">EnvironmentInUse.</exception>
    public static EnvironmentTurn Clear(Guid runspace, Action<bool> onDone) => Turns.Take(
        key: null,
        runspace,
        () =>
        {
            onDone(Clear());
            return null;
        });

    private static bool Clear()
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

    private static void Put(MfaSession session, AwsFiles files, bool byProfile)
    {
        lock (Gate)
        {
            _before ??= Capture();
            var values = NoneOf([.. SessionVariables.Keys, .. SessionVariables.Hiding, .. byProfile ? SessionVariables.HidingProfile : []]);
            GiveBackRole(values);
            foreach ((string name, string value) in session.ToEnvironment())
            {
                if (!byProfile || SessionVariables.Region.Contains(name))
                {
                    values[name] = value;
                }
            }

            // A prompt that shows the profile then looks up the time left under the same name.
            values[SessionVariables.AwsProfile] = byProfile ? session.Section : null;
            values[SessionVariables.PromptProfile] = byProfile ? session.Section : session.Profile;
            RestoreRegion(values, files);
            Write(values);
            _set = values;
            Used = session;
        }
    }

    private static Action PutForBlock(MfaSession session, AwsFiles files, bool byProfile)
    {
        lock (Gate)
        {
            var (before, set, used, variables, outer) = (_before, _set, Used, Capture(), _beforeBlock);
            Put(session, files, byProfile);
            _beforeBlock ??= variables;
            return () =>
            {
                lock (Gate)
                {
                    Write(variables);
                    (_before, _set, Used, _beforeBlock) = (before, set, used, outer);
                }
            };
        }
    }

    private static string? ReadOwn(string name)
    {
        lock (Gate)
        {
            return _beforeBlock is { } before && !Turns.IsInside && before.TryGetValue(name, out string? value)
                ? value
                : Environment.GetEnvironmentVariable(name);
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

    // A session before this one, that was used by profile, has hidden them.
    private static void GiveBackRole(Dictionary<string, string?> values)
    {
        foreach (string name in SessionVariables.HidingProfile)
        {
            if (!values.ContainsKey(name) && _set.ContainsKey(name))
            {
                values[name] = _before![name];
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
            string? now = ReadOwn(name);
            bool isOurs = _before is not null && _set.TryGetValue(name, out string? ours) && ours == now;
            return WithoutInherited(name, isOurs ? _before![name] : now, files);
        }
    }

    // A region that came with the session of the shell before is not the user's wish.
    private static string? WithoutInherited(string name, string? value, AwsFiles files)
    {
        string? profile = _before is null ? EnvironmentVariables.OfProcess[SessionVariables.Profile] : _before[SessionVariables.Profile];
        return value is not null && !string.IsNullOrEmpty(profile) && SessionVariables.Region.Contains(name)
            && value == RegionOf(profile, files)
            ? null
            : value;
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

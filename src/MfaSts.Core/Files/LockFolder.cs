using System.Globalization;
using System.Text;
using MfaSts.Errors;
using MfaSts.Files.Native;

namespace MfaSts.Files;

/// <summary>
/// The folder for locks, the used-code guard and journals: <c>.mfasts</c> beside the file that they protect, or a folder of the user's own
/// when that place is not writable. Nothing in it is needed after a restart, and nothing secret is in it in clear but for the instant of a
/// write in place.
/// </summary>
internal sealed class LockFolder
{
    /// <summary>What the journal of a write in place is for <see cref="File"/>.</summary>
    public const string Journal = "journal";

    private const int MostTries = 10;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly string _prefix;

    private LockFolder(string path, string prefix)
    {
        Path = path;
        _prefix = prefix;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>True when a write in place was begun and is not finished.</summary>
    public bool HasJournal => System.IO.File.Exists(File(Journal));

    /// <summary>Finds, or makes, the folder for a file.</summary>
    /// <param name="target">The file, symbolic links resolved.</param>
    public static LockFolder For(string target)
    {
        string beside = Beside(target);
        string name = System.IO.Path.GetFileName(target);
        for (int i = 0; i < MostTries && TryMake(beside); i++)
        {
            if (IsWritable(beside))
            {
                return new LockFolder(beside, name);
            }

            // Who has just removed it took it for rubbish. In another place would be other locks, so it is made again.
            if (Directory.Exists(beside))
            {
                break;
            }
        }

        return new LockFolder(MakeOwnFolder(), KeyOf(target));
    }

    /// <summary>The folder with the journal of a write in place that was begun and is not finished, or null. Makes nothing.</summary>
    /// <param name="target">The file, symbolic links resolved.</param>
    /// <exception cref="MfaException">StoreUnsafe: the journal is another user's.</exception>
    public static LockFolder? WithJournal(string target)
    {
        var beside = new LockFolder(Beside(target), System.IO.Path.GetFileName(target));
        if (beside.HasJournal)
        {
            if (!OperatingSystem.IsWindows())
            {
                RefuseForeign(beside.Path);
            }

            if (IsWritable(beside.Path))
            {
                return beside;
            }
        }

        string folder = OwnFolder();
        if (!Directory.Exists(folder) || !IsPrivate(folder))
        {
            return null;
        }

        var own = new LockFolder(folder, KeyOf(target));
        return own.HasJournal ? own : null;
    }

    /// <summary>A lock file in this user's own folder, to take the place of one whose file system has no locks.</summary>
    /// <param name="path">The lock file that cannot be locked.</param>
    public static string Substitute(string path) => System.IO.Path.Combine(MakeOwnFolder(), KeyOf(path) + ".lock");

    /// <summary>This user's own folder, which nothing needs after a restart: made, and closed to others, if it is not.</summary>
    /// <exception cref="MfaException">StoreUnsafe: it is another user's, or no folder.</exception>
    public static string MakeOwnFolder()
    {
        string own = OwnFolder();
        Directory.CreateDirectory(own);
        if (!OperatingSystem.IsWindows())
        {
            MakePrivate(own);
        }

        return own;
    }

    /// <summary>The path of a file in the folder.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="profile">The profile it is about, or null when it is about the whole file.</param>
    public string File(string purpose, string? profile = null) =>
        System.IO.Path.Combine(Path, profile is null ? $"{_prefix}.{purpose}" : $"{_prefix}.{Escape(profile)}.{purpose}");

    // Two names of one file (bind mounts, links) must meet in one lock.
    private static string KeyOf(string target)
    {
        var status = OperatingSystem.IsWindows() ? null : LibC.GetStatus(target, followLink: true);
        return status is null ? Escape(target) : string.Create(CultureInfo.InvariantCulture, $"{status.Device:x}-{status.Inode:x}");
    }

    private static bool IsPrivate(string folder) =>
        OperatingSystem.IsWindows()
        || (LibC.GetStatus(folder, followLink: false) is { IsFolder: true, IsOpenToOthers: false } status
            && status.User == LibC.EffectiveUser());

    private static string Beside(string target) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target) ?? target, ".mfasts");

    private static bool TryMake(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                if (OperatingSystem.IsWindows())
                {
                    Directory.CreateDirectory(folder);
                }
                else
                {
                    Directory.CreateDirectory(folder, Private);
                }
            }
        }
        catch (Exception e) when (StoreFailure.IsAboutRights(e))
        {
            return false;
        }
        catch (IOException) when (!System.IO.Path.Exists(folder))
        {
            // Made and removed again by others in this very moment.
        }

        if (!OperatingSystem.IsWindows())
        {
            RefuseForeign(folder);
        }

        return true;
    }

    // A folder that another user made is not ours to trust: that user could take our locks away or plant a journal.
    private static void RefuseForeign(string folder)
    {
        var status = LibC.GetStatus(folder, followLink: false);
        if (status is { IsLink: true } or { IsFolder: false })
        {
            throw MfaErrors.StoreUnsafe(folder, "it is not a folder but a link or a file");
        }

        uint me = LibC.EffectiveUser();
        if (status is not null && status.User != me && status.User != 0 && me != 0)
        {
            throw MfaErrors.StoreUnsafe(folder, "it belongs to another user");
        }
    }

    private static bool IsWritable(string folder)
    {
        string probe = System.IO.Path.Combine(folder, "." + Guid.NewGuid().ToString("N"));
        try
        {
            var status = OperatingSystem.IsWindows() ? null : LibC.GetStatus(folder, followLink: false);
            if (status is not null && status.User == LibC.EffectiveUser())
            {
                return status.Permissions.HasFlag(UnixFileMode.UserWrite | UnixFileMode.UserExecute) && !IsReadOnlyMount(probe);
            }

            new FileStream(probe, FileMode.CreateNew).Dispose();
            System.IO.File.Delete(probe);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // access(2) is not in .NET; on a read-only mount deleting what is not there fails otherwise than with "not there".
    private static bool IsReadOnlyMount(string probe)
    {
        try
        {
            System.IO.File.Delete(probe);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    private static string OwnFolder()
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        if (!string.IsNullOrEmpty(runtime) && System.IO.Path.IsPathFullyQualified(runtime) && Directory.Exists(runtime))
        {
            return System.IO.Path.Combine(runtime, "mfasts");
        }

        string user = OperatingSystem.IsWindows()
            ? Escape(Environment.UserName)
            : LibC.EffectiveUser().ToString(CultureInfo.InvariantCulture);
        return System.IO.Path.Combine(System.IO.Path.GetTempPath(), "mfasts-" + user);
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void MakePrivate(string folder)
    {
        var status = LibC.GetStatus(folder, followLink: false);
        if (status is null || !status.IsFolder || status.User != LibC.EffectiveUser())
        {
            throw MfaErrors.StoreUnsafe(folder, "it is not a folder of this user");
        }

        if (status.IsOpenToOthers)
        {
            System.IO.File.SetUnixFileMode(folder, Private);
        }
    }

    // Profile names may hold characters that a file name cannot, and two names must never share a file.
    private static string Escape(string name)
    {
        var escaped = new StringBuilder(name.Length);
        foreach (byte b in Encoding.UTF8.GetBytes(name))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'-' or (byte)'_' or (byte)'@' or (byte)'+')
            {
                escaped.Append((char)b);
            }
            else
            {
                escaped.Append('%').Append(b.ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        return escaped.Length <= 160
            ? escaped.ToString()
            : string.Concat(
                escaped.ToString().AsSpan(0, 120),
                "-",
                Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name))).AsSpan(0, 32));
    }
}

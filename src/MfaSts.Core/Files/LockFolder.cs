using System.Globalization;
using System.Text;
using MfaSts.Errors;
using MfaSts.Platform;

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
            if (ThisSystem.Platform.IsWritable(beside))
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
            ThisSystem.Platform.RefuseForeign(beside.Path);
            if (ThisSystem.Platform.IsWritable(beside.Path))
            {
                return beside;
            }
        }

        string folder = OwnFolder();
        if (!Directory.Exists(folder) || !ThisSystem.Platform.IsPrivate(folder))
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
        ThisSystem.Platform.MakePrivate(own);
        return own;
    }

    /// <summary>The file was locked once: it is one that MfaSts writes.</summary>
    /// <param name="target">The file, symbolic links resolved.</param>
    public static bool IsKnown(string target) =>
        System.IO.File.Exists(new LockFolder(Beside(target), System.IO.Path.GetFileName(target)).File("lock"));

    /// <summary>The path of a file in the folder.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="profile">The profile it is about, or null when it is about the whole file.</param>
    public string File(string purpose, string? profile = null) =>
        System.IO.Path.Combine(Path, profile is null ? $"{_prefix}.{purpose}" : $"{_prefix}.{Escape(profile)}.{purpose}");

    // Two names of one file (bind mounts, links) must meet in one lock.
    private static string KeyOf(string target) => ThisSystem.Platform.IdentityOf(target) ?? Escape(target);

    private static string Beside(string target) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(target) ?? target, ".mfasts");

    private static bool TryMake(string folder)
    {
        try
        {
            if (!Directory.Exists(folder))
            {
                ThisSystem.Platform.CreatePrivateFolder(folder);
            }
        }
        catch (Exception e) when (ThisSystem.Platform.KindOf(e) == FailureKind.Rights)
        {
            return false;
        }
        catch (IOException) when (!System.IO.Path.Exists(folder))
        {
            // Made and removed again by others in this very moment.
        }

        // A folder that another user made is not ours to trust: that user could take our locks away or plant a journal.
        ThisSystem.Platform.RefuseForeign(folder);
        return true;
    }

    private static string OwnFolder()
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        if (!string.IsNullOrEmpty(runtime) && System.IO.Path.IsPathFullyQualified(runtime) && Directory.Exists(runtime))
        {
            return System.IO.Path.Combine(runtime, "mfasts");
        }

        return System.IO.Path.Combine(System.IO.Path.GetTempPath(), "mfasts-" + Escape(ThisSystem.Platform.UserKey));
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

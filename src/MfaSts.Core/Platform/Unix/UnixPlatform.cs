using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Stores;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Unix;

/// <summary>Linux and macOS.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixPlatform : IPlatform
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    public string Separators => "/";

    public bool HasPercentVariables => false;

    public bool HasTwoHomes => false;

    public CommandCharacters CommandCharacters => CommandCharacters.OfUnix;

    public string ProgramName => "mfasts";

    public string OwnershipTools => "chown, chmod go-w";

    public string UserKey => LibC.EffectiveUser().ToString(CultureInfo.InvariantCulture);

    public string? TerminalName => ControllingTerminal.OfStandardError();

    public bool HasTerminal => ControllingTerminal.IsOurs();

    public IKeyStore? KeyStore => OperatingSystem.IsMacOS() ? new KeychainStore() : null;

    public string? HomeOf(string user, string ownHome) => LibC.HomeOf(user);

    public SafeFileHandle OpenToRead(string path) => UnlockedFile.OpenToRead(path);

    public SafeFileHandle OpenToWrite(string path) => UnlockedFile.OpenToWrite(path);

    // What cannot be looked at is taken for what its name promises.
    public FileKind KindOf(SafeFileHandle file) => LibC.GetStatus(file)?.Kind ?? FileKind.File;

    public FileKind? KindOf(string path) => LibC.GetStatus(path, followLink: true)?.Kind;

    public string? IdentityOf(string path) => LibC.GetStatus(path, followLink: true) is { } status
        ? string.Create(CultureInfo.InvariantCulture, $"{status.Device:x}-{status.Inode:x}")
        : null;

    public string FollowLinks(string path) => SymbolicLink.Follow(path);

    public FailureKind KindOf(Exception failure) => failure switch
    {
        UnauthorizedAccessException => FailureKind.Rights,
        IOException { HResult: LibC.AccessDenied or LibC.NotPermitted or LibC.ReadOnlyFileSystem } => FailureKind.Rights,
        IOException e when e.HResult == LibC.NoSpace || e.HResult == LibC.QuotaExceeded => FailureKind.Full,
        IOException { HResult: LibC.FileExists } => FailureKind.Exists,
        _ => FailureKind.Other,
    };

    // Nobody keeps others from a file here.
    public string? HoldersOf(string path) => null;

    public FileReplacement Replace(FileImage image) => new UnixReplacement(image);

    public void FlushFolder(string folder) => LibC.FlushFolder(folder);

    // A rename is one step.
    public bool MayReappear(string path) => false;

    // A rename would replace even a file that its owner has made read-only. That was meant.
    public void RequireWritable(string path) => OpenToWrite(path).Dispose();

    public bool IsOpenToOthers(string path) => LibC.GetStatus(path, followLink: true) is { IsFile: true, IsOpenToOthers: true };

    public void Close(string path) => File.SetUnixFileMode(path, File.GetUnixFileMode(path) & OwnerFolder);

    public string CloseCommand(string quotedPath) => "chmod 600 " + quotedPath;

    // Not macOS's Application Support: its blank would need quotes in every config file.
    public string ProgramFolder(EnvironmentVariables variables)
    {
        string data = variables["XDG_DATA_HOME"] is { } given && Path.IsPathFullyQualified(given)
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share");
        return Path.Combine(data, "mfasts");
    }

    public bool IsTrusted(string path) => LibC.GetStatus(path, followLink: true) is { IsWritableByOthers: false } status
        && (status.User == 0 || status.User == LibC.EffectiveUser());

    public FileStreamOptions PrivateFile(FileMode mode) =>
        new() { Mode = mode, Access = FileAccess.Write, UnixCreateMode = OwnerFile };

    public void CreatePrivateFolder(string path) => Directory.CreateDirectory(path, OwnerFolder);

    public void MakePrivate(string folder)
    {
        var status = LibC.GetStatus(folder, followLink: false);
        if (status is null || !status.IsFolder || status.User != LibC.EffectiveUser())
        {
            throw MfaErrors.StoreUnsafe(folder, "it is not a folder of this user");
        }

        if (status.IsOpenToOthers)
        {
            File.SetUnixFileMode(folder, OwnerFolder);
        }
    }

    public bool IsPrivate(string folder) =>
        LibC.GetStatus(folder, followLink: false) is { IsFolder: true, IsOpenToOthers: false } status
            && status.User == LibC.EffectiveUser();

    public void RefuseForeign(string folder)
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

    public bool IsWritable(string folder)
    {
        string probe = Path.Combine(folder, "." + Guid.NewGuid().ToString("N"));
        try
        {
            var status = LibC.GetStatus(folder, followLink: false);
            if (status is not null && status.User == LibC.EffectiveUser())
            {
                return status.Permissions.HasFlag(UnixFileMode.UserWrite | UnixFileMode.UserExecute) && !IsReadOnlyMount(probe);
            }

            new FileStream(probe, FileMode.CreateNew).Dispose();
            File.Delete(probe);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public LockResult TryLock(string path, out SafeFileHandle? file)
    {
        var opened = UnlockedFile.OpenOrCreate(path);
        var result = NativeLock.TryTake(opened);
        file = result == LockResult.Taken ? opened : null;
        if (file is null)
        {
            opened.Dispose();
        }

        return result;
    }

    public bool IsStillThere(SafeFileHandle file, string path)
    {
        var named = LibC.GetStatus(path, followLink: false);
        return named is not null && named.IsSameFile(LibC.GetStatus(file));
    }

    // .NET can hand no open descriptor to a child, so a shell opens the terminal. It stays in our process group: Ctrl+C reaches all.
    public ProcessStartInfo CommandStart(string text, bool hasTerminal)
    {
        var start = hasTerminal
            ? new ProcessStartInfo("/bin/sh", ["-c", "exec /bin/sh -c \"$1\" </dev/tty 2>/dev/tty", "sh", text])
            : new ProcessStartInfo("/bin/sh", ["-c", text]);

        // Without it the passphrase prompt of gpg, and so of pass, does not know where to appear.
        if (hasTerminal && !start.Environment.ContainsKey("GPG_TTY") && ControllingTerminal.Name() is { } name)
        {
            start.Environment["GPG_TTY"] = name;
        }

        return start;
    }

    public IDisposable? Bind(Process process) => null;

    // access(2) is not in .NET; on a read-only mount deleting what is not there fails otherwise than with "not there".
    private static bool IsReadOnlyMount(string probe)
    {
        try
        {
            File.Delete(probe);
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}

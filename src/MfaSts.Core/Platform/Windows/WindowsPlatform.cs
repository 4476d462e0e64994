using System.Diagnostics;
using System.Globalization;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Stores;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Windows;

/// <summary>Windows.</summary>
internal sealed class WindowsPlatform : IPlatform
{
    private const FileShare All = FileShare.ReadWrite | FileShare.Delete;
    private const uint WriteData = 2;

    private readonly WindowsRename _rename = new();

    public string Separators => "/\\";

    public bool HasPercentVariables => true;

    public bool HasTwoHomes => true;

    public CommandCharacters CommandCharacters => CommandCharacters.OfWindows;

    public string ProgramName => "mfasts.exe";

    public string OwnershipTools => "icacls";

    public string UserKey => Security.User;

    public string? TerminalName => null;

    // Without one, such as in a service or a scheduled task, the shell could not open it.
    public bool HasTerminal
    {
        get
        {
            using var console = Kernel32.Open("CONIN$", Kernel32.GenericRead | Kernel32.GenericWrite, Kernel32.OpenExisting, 0);
            return !console.IsInvalid;
        }
    }

    public IKeyStore? KeyStore => new WindowsCredentialStore();

    // As Python has it: users' folders lie beside each other.
    public string? HomeOf(string user, string ownHome) => Path.GetDirectoryName(ownHome) is { } users ? Path.Combine(users, user) : null;

    public SafeFileHandle OpenToRead(string path)
    {
        try
        {
            return Patience.Open(() => File.OpenHandle(path, FileMode.Open, FileAccess.Read, All));
        }
        catch (UnauthorizedAccessException) when (Directory.Exists(path))
        {
            throw new IOException("it is a folder");
        }
    }

    public SafeFileHandle OpenToWrite(string path) =>
        Patience.Open(() => File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, All));

    public FileKind KindOf(SafeFileHandle file) => Kernel32.GetFileType(file) switch
    {
        1 => FileKind.File,
        2 => FileKind.CharacterDevice,
        _ => FileKind.Other,
    };

    public FileKind? KindOf(string path) => path.StartsWith(@"\\.\", StringComparison.Ordinal) ? FileKind.CharacterDevice
        : Directory.Exists(path) ? FileKind.Other
        : File.Exists(path) ? FileKind.File
        : null;

    public string? IdentityOf(string path)
    {
        using var file = Kernel32.Open(path, Kernel32.ReadAttributes, Kernel32.OpenExisting, Kernel32.FolderToo);
        return !file.IsInvalid && Kernel32.TryGetInformation(file, out var information)
            ? string.Create(CultureInfo.InvariantCulture, $"{information.Volume:x}-{information.IndexHigh:x}{information.IndexLow:x8}")
            : null;
    }

    public string FollowLinks(string path) => new FileInfo(path).LinkTarget is null
        ? path
        : File.ResolveLinkTarget(path, returnFinalTarget: true)!.FullName;

    public FailureKind KindOf(Exception failure) => Win32.ErrorOf(failure) switch
    {
        Win32.AccessDenied or Win32.WriteProtected => FailureKind.Rights,
        Win32.DiskFull or Win32.HandleDiskFull or Win32.QuotaExceeded => FailureKind.Full,
        Win32.FileExists or Win32.AlreadyExists => FailureKind.Exists,
        var error when Win32.IsInUse(error) => FailureKind.InUse,
        _ => FailureKind.Other,
    };

    public string? HoldersOf(string path) => RestartManager.HoldersOf(path);

    public FileReplacement Replace(FileImage image) => new WindowsReplacement(image, _rename);

    // A rename is in the file system's journal; there is no call for more.
    public void FlushFolder(string folder)
    {
    }

    // MoveFileEx does not promise one step, and other programs replace in two. Who has no lock file here never had such a file.
    public bool MayReappear(string path) => LockFolder.IsKnown(path);

    public void RequireWritable(string path)
    {
        var attributes = File.GetAttributes(path);
        if (attributes.HasFlag(FileAttributes.ReadOnly))
        {
            throw new UnauthorizedAccessException("it is read-only");
        }

        // By its list: opened for writing, even for an instant, it would fail beside a reader, and the reader beside us.
        if (!Security.Allows(path, WriteData))
        {
            throw new UnauthorizedAccessException("you have no right to write it");
        }
    }

    public bool IsOpenToOthers(string path) => File.Exists(path) && Security.Read(path)?.IsOpen(Security.User) == true;

    public void Close(string path) => Security.MakePrivate(path, isFolder: false);

    public string CloseCommand(string quotedPath) => $"icacls {quotedPath} /inheritance:r /grant:r \"${{env:USERNAME}}:F\"";

    public string ProgramFolder(EnvironmentVariables variables)
    {
        string own = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "mfasts");
        Directory.CreateDirectory(own);
        if (RunnablePath.Of(own) is { } runnable)
        {
            return runnable;
        }

        // Anybody may make a folder there: so it has this user's number in its name, and whoever else owns it is refused.
        string shared = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "mfasts-" + Security.User);
        CreatePrivateFolder(shared);
        MakePrivate(shared);
        return shared;
    }

    public bool IsTrusted(string path)
    {
        string target = FollowLinks(path);
        string user = Security.User;
        return Security.Read(target) is { } file && file.IsOwn(user) && !file.IsWritableByOthers(user)
            && Security.Read(Path.GetDirectoryName(target)!) is { } folder && folder.IsOwn(user) && !folder.IsSwappableByOthers(user);
    }

    // It is made in a folder that hands its own rights down.
    public FileStreamOptions PrivateFile(FileMode mode) => new() { Mode = mode, Access = FileAccess.Write };

    public void CreatePrivateFolder(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        nint descriptor = Security.Private(isFolder: true);
        try
        {
            if (!Kernel32.CreateFolder(path, descriptor) && Kernel32.Error is var error && !Directory.Exists(path))
            {
                throw Win32.Failure(error, path);
            }
        }
        finally
        {
            Kernel32.LocalFree(descriptor);
        }
    }

    public void MakePrivate(string folder)
    {
        var security = Security.Read(folder);
        if (security is null || IsLink(folder) || !security.IsOwn(Security.User))
        {
            throw MfaErrors.StoreUnsafe(folder, "it is not a folder of this user");
        }

        if (security.IsOpen(Security.User))
        {
            Security.MakePrivate(folder, isFolder: true);
        }
    }

    public bool IsPrivate(string folder) => !IsLink(folder) && Security.Read(folder) is { } security
        && security.IsOwn(Security.User) && !security.IsOpen(Security.User);

    public void RefuseForeign(string folder)
    {
        if (File.Exists(folder) || IsLink(folder))
        {
            throw MfaErrors.StoreUnsafe(folder, "it is not a folder but a link or a file");
        }

        if (Security.Read(folder) is { } security && !security.IsOwn(Security.User))
        {
            throw MfaErrors.StoreUnsafe(folder, "it belongs to another user");
        }
    }

    // Removed by being closed: a scanner that has it open cannot hinder that.
    public bool IsWritable(string folder)
    {
        string probe = Path.Combine(folder, "." + Guid.NewGuid().ToString("N"));
        try
        {
            Patience.Open(() => new FileStream(probe, FileMode.CreateNew, FileAccess.Write, All, 1, FileOptions.DeleteOnClose)).Dispose();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The share mode is the lock, and still lets others read who holds it.
    public LockResult TryLock(string path, out SafeFileHandle? file)
    {
        file = null;
        int error = TryOpenLock(path, ref file);
        if (error != 0 && !HasLivingHolder(path))
        {
            // A scanner that looks at the file, or the file is just being removed.
            Thread.Sleep(10);
            _ = TryOpenLock(path, ref file);
        }

        return file is null ? LockResult.Held : LockResult.Taken;
    }

    public bool IsStillThere(SafeFileHandle file, string path) => true;

    // As it stands: an argument list would be quoted in a way that cmd.exe does not read. By its full path: a program of that name may lie
    // in the current folder.
    public ProcessStartInfo CommandStart(string text, bool hasTerminal) => new(
        Path.Combine(Environment.SystemDirectory, "cmd.exe"),
        hasTerminal ? $"/d /s /c \"cmd.exe /d /s /c \"{text}\" <CON 2>CON\"" : $"/d /s /c \"{text}\"");

    public IDisposable? Bind(Process process) => JobObject.For(process);

    private static bool IsLink(string path) => new DirectoryInfo(path).LinkTarget is not null;

    private static int TryOpenLock(string path, ref SafeFileHandle? file)
    {
        try
        {
            file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            return 0;
        }
        catch (IOException e) when (Win32.IsInUse(Win32.ErrorOf(e)))
        {
            return Win32.ErrorOf(e);
        }
        catch (UnauthorizedAccessException e) when (!File.Exists(path) || !File.GetAttributes(path).HasFlag(FileAttributes.ReadOnly))
        {
            // The file is about to go: somebody has removed the folder.
            return Win32.ErrorOf(e);
        }
    }

    // FileLock writes "process 4711".
    private static bool HasLivingHolder(string path)
    {
        string[] words = (FileLock.ReadHolder(path) ?? string.Empty).Split(' ');
        if (words.Length < 2 || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out int id))
        {
            return false;
        }

        try
        {
            using var process = Process.GetProcessById(id);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

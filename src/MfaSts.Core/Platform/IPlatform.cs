using System.Diagnostics;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Stores;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform;

/// <summary>What differs by system: files, locks, privacy, paths, commands and the store for secrets.</summary>
internal interface IPlatform
{
    /// <summary>What separates folders in a path.</summary>
    string Separators { get; }

    /// <summary>A path may have variables such as <c>%USERPROFILE%</c>.</summary>
    bool HasPercentVariables { get; }

    /// <summary>USERPROFILE is a home folder beside HOME (see <see cref="HomeFolder"/>).</summary>
    bool HasTwoHomes { get; }

    /// <summary>What may stand in the line of a credential_process.</summary>
    CommandCharacters CommandCharacters { get; }

    /// <summary>The program's file name.</summary>
    string ProgramName { get; }

    /// <summary>The tools that make a file its user's own, for a remedy.</summary>
    string OwnershipTools { get; }

    /// <summary>This user, as the end of a folder's name.</summary>
    string UserKey { get; }

    /// <summary>The terminal that a person would see this process on, or null.</summary>
    string? TerminalName { get; }

    /// <summary>A command of ours may read from the terminal: this process is in its foreground.</summary>
    bool HasTerminal { get; }

    /// <summary>The system's own store for secrets; null where it is the Secret Service, which lives in an assembly of its own.</summary>
    IKeyStore? KeyStore { get; }

    /// <summary>The home folder of a user, as <c>~bob</c> names it.</summary>
    /// <param name="user">The user.</param>
    /// <param name="ownHome">This user's home folder.</param>
    /// <returns>Null when there is no such user.</returns>
    string? HomeOf(string user, string ownHome);

    /// <summary>Opens whatever is there to read; nobody is kept from reading or writing it meanwhile.</summary>
    SafeFileHandle OpenToRead(string path);

    /// <summary>Opens a regular file to write in place.</summary>
    SafeFileHandle OpenToWrite(string path);

    /// <summary>What an open file is.</summary>
    FileKind KindOf(SafeFileHandle file);

    /// <summary>What has this name; null when nothing has, or it cannot be looked at.</summary>
    FileKind? KindOf(string path);

    /// <summary>The device and number of a file, which all its names share; null when it is not known.</summary>
    string? IdentityOf(string path);

    /// <summary>The file behind symbolic links; the last one may lead to a file that is yet to be made.</summary>
    string FollowLinks(string path);

    /// <summary>What a failure of the file system means.</summary>
    FailureKind KindOf(Exception failure);

    /// <summary>The programs that have a file open, for a message; null when they are not known.</summary>
    string? HoldersOf(string path);

    /// <summary>Begins to replace the file that the image was read from.</summary>
    FileReplacement Replace(FileImage image);

    /// <summary>Makes a rename in the folder durable.</summary>
    void FlushFolder(string folder);

    /// <summary>
    /// A file that is not there may be about to be: another process replaces it, and here that can be seen.
    /// </summary>
    bool MayReappear(string path);

    /// <summary>Fails when the file must not be written, although it could be replaced.</summary>
    void RequireWritable(string path);

    /// <summary>Others than the owner may read or write the file.</summary>
    bool IsOpenToOthers(string path);

    /// <summary>Takes every right to the file from others than its owner.</summary>
    void Close(string path);

    /// <summary>The command that does so.</summary>
    /// <param name="quotedPath">The path as PowerShell reads it.</param>
    string CloseCommand(string quotedPath);

    /// <summary>
    /// The folder for the program, where an AWS config file can name it for years; on Windows it is made, with a path that every SDK runs.
    /// </summary>
    /// <exception cref="MfaException">StoreUnsafe: another user has made it.</exception>
    string ProgramFolder(EnvironmentVariables variables);

    /// <summary>The file belongs to this user, or to the system, and nobody else may write it.</summary>
    bool IsTrusted(string path);

    /// <summary>How a file for its owner alone is made.</summary>
    FileStreamOptions PrivateFile(FileMode mode);

    /// <summary>Makes a folder for its owner alone.</summary>
    void CreatePrivateFolder(string path);

    /// <summary>Takes every right to an own folder from others.</summary>
    /// <exception cref="MfaException">StoreUnsafe: it is not this user's folder.</exception>
    void MakePrivate(string folder);

    /// <summary>The folder is this user's, and nobody else's.</summary>
    bool IsPrivate(string folder);

    /// <summary>Fails when another user owns the folder, who could plant things in it.</summary>
    /// <exception cref="MfaException">StoreUnsafe.</exception>
    void RefuseForeign(string folder);

    /// <summary>Files can be made in the folder.</summary>
    bool IsWritable(string folder);

    /// <summary>Opens a lock file, making it when it is not there, and tries to lock it.</summary>
    /// <param name="path">The lock file.</param>
    /// <param name="file">The open file when it is locked, else null.</param>
    LockResult TryLock(string path, out SafeFileHandle? file);

    /// <summary>The locked file still has its name: nobody has removed it between opening and locking.</summary>
    bool IsStillThere(SafeFileHandle file, string path);

    /// <summary>How a command that a user has configured is started: by the system's shell.</summary>
    /// <param name="text">The command as it is configured.</param>
    /// <param name="hasTerminal">It has the terminal for its standard input and standard error.</param>
    ProcessStartInfo CommandStart(string text, bool hasTerminal);

    /// <summary>Binds a process, and what it starts, to an object: when that is disposed of, or this process dies, they end.</summary>
    /// <returns>Null where there is no such thing.</returns>
    IDisposable? Bind(Process process);
}

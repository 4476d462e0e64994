using MfaSts.Files;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Windows;

/// <summary>
/// Replaces a file by one rename. Not by ReplaceFile (File.Replace): it takes two, and between them readers find no file.
/// </summary>
/// <param name="image">What was read.</param>
/// <param name="rename">How files are renamed here.</param>
internal sealed class WindowsReplacement(FileImage image, WindowsRename rename) : FileReplacement
{
    private const uint AddFile = 2;

    // What a user may have set and would miss; an encrypted file must not become a plain one.
    private const FileAttributes Kept =
        FileAttributes.Hidden | FileAttributes.System | FileAttributes.Archive | FileAttributes.NotContentIndexed
        | FileAttributes.Encrypted;

    private FileAttributes _attributes;
    private SecurityDescriptor? _security;

    /// <inheritdoc/>
    public override ReplaceResult? Refuse()
    {
        using var file = Kernel32.Open(image.Path, Kernel32.ReadAttributes, Kernel32.OpenExisting, Kernel32.FolderToo);
        if (file.IsInvalid)
        {
            bool isAbsent = Kernel32.Error is Win32.FileNotFound or Win32.PathNotFound;
            return !isAbsent ? throw Win32.Failure(Kernel32.Error, image.Path)
                : image.Bytes is null ? null
                : ReplaceResult.Overtaken;
        }

        if (!Kernel32.TryGetInformation(file, out var information))
        {
            throw Win32.Failure(Kernel32.Error, image.Path);
        }

        if (information.Attributes.HasFlag(FileAttributes.Directory))
        {
            throw StoreFailure.NotFile();
        }

        _attributes = information.Attributes & Kept;
        _security = Security.Read(image.Path);

        // Looked at, not tried: an error 5 may as well mean that somebody has the file open.
        return information.Links > 1 || !Security.Allows(Path.GetDirectoryName(image.Path)!, AddFile) ? ReplaceResult.Impossible : null;
    }

    /// <inheritdoc/>
    public override FileStream? CreateTemporary(string temporary)
    {
        const uint access = Kernel32.GenericWrite | Kernel32.ReadControl | Kernel32.WriteDac | Kernel32.WriteOwner;
        nint descriptor = Security.Private(isFolder: false);
        SafeFileHandle file;
        int error;
        try
        {
            file = Kernel32.Open(temporary, access, Kernel32.CreateNew, (uint)_attributes, descriptor);
            error = Kernel32.Error;
        }
        finally
        {
            Kernel32.LocalFree(descriptor);
        }

        if (file.IsInvalid)
        {
            file.Dispose();
            throw Win32.Failure(error, temporary);
        }

        if (TakeOver(file))
        {
            return new FileStream(file, FileAccess.Write, bufferSize: 0);
        }

        file.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public override ReplaceResult Rename(string temporary)
    {
        var result = ReplaceResult.Done;
        int error = Patience.Try(
            () =>
            {
                result = TryRename(temporary, out int failure);
                return failure;
            },
            error => Win32.IsInUse(error) || error == Win32.AccessDenied ? Patience.Limit : TimeSpan.Zero);
        return error switch
        {
            0 => result,

            // Another process has taken the temporary file for a leftover: somebody had removed the folder with our lock.
            Win32.FileNotFound or Win32.PathNotFound => ReplaceResult.Overtaken,

            // The right to write was looked at before: so it is one who has the file open and does not share its removal.
            Win32.AccessDenied => throw Win32.Failure(Win32.SharingViolation, image.Path),
            _ => throw Win32.Failure(error, image.Path),
        };
    }

    // The bytes are compared anew each time: the program that had the file open may have written it.
    private ReplaceResult TryRename(string temporary, out int error)
    {
        error = 0;
        try
        {
            if (!image.IsCurrent())
            {
                return ReplaceResult.Overtaken;
            }

            if (image.Bytes is null)
            {
                return FileReplacer.MakeNew(temporary, image.Path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && Win32.ErrorOf(e) != 0)
        {
            error = Win32.ErrorOf(e);
            return ReplaceResult.Overtaken;
        }

        error = rename.Over(temporary, image.Path);
        return ReplaceResult.Done;
    }

    // Another's file stays another's, or is written in place. What belongs to the administrators or to the system may become this user's.
    private bool TakeOver(SafeFileHandle file)
    {
        if (_security is null)
        {
            return true;
        }

        bool isOwner = _security.Owner == Security.User || Security.TrySetOwner(file, _security) || _security.IsOwn(Security.User);
        return isOwner && Security.TrySetList(file, _security);
    }
}

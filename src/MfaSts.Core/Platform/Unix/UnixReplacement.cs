using System.Runtime.Versioning;
using MfaSts.Files;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Unix;

/// <summary>Replaces a file by rename(2), which is one step for whoever looks on.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixReplacement(FileImage image) : FileReplacement
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private FileStatus? _status;

    /// <inheritdoc/>
    public override ReplaceResult? Refuse()
    {
        _status = Status();
        if (_status is { IsFile: false })
        {
            throw StoreFailure.NotFile();
        }

        if (_status is null && image.Bytes is not null)
        {
            // Whoever took it away is about to put another one there.
            return ReplaceResult.Overtaken;
        }

        return _status is { Links: > 1 } ? ReplaceResult.Impossible : null;
    }

    /// <inheritdoc/>
    public override FileStream? CreateTemporary(string temporary)
    {
        // While it is being written it is never more open than the file that it will replace.
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = OwnerOnly & (_status?.Permissions ?? OwnerOnly),
        };
        var stream = new FileStream(temporary, options);
        try
        {
            if (RestrictAndTakeOver(stream.SafeFileHandle, temporary))
            {
                return stream;
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        stream.Dispose();
        return image.Bytes is null ? throw LibC.Failure(LibC.NotPermitted) : null;
    }

    /// <inheritdoc/>
    public override ReplaceResult Rename(string temporary)
    {
        if (!image.IsCurrent())
        {
            return ReplaceResult.Overtaken;
        }

        if (image.Bytes is null)
        {
            return FileReplacer.MakeNew(temporary, image.Path);
        }

        if (LibC.Rename(temporary, image.Path) != 0)
        {
            int error = LibC.Error;
            if (error == LibC.NotFound)
            {
                // Another process has taken the temporary file for a leftover: somebody had removed the folder with our lock.
                return ReplaceResult.Overtaken;
            }

            return error is LibC.Busy or LibC.CrossDevice or LibC.AccessDenied or LibC.NotPermitted
                ? ReplaceResult.Impossible
                : throw LibC.Failure(error);
        }

        LibC.FlushFolder(Path.GetDirectoryName(image.Path)!);
        return ReplaceResult.Done;
    }

    // It is there and cannot be looked at: replaced unseen, it would lose its mode, owner and links.
    private FileStatus? Status()
    {
        var status = LibC.GetStatus(image.Path, followLink: true);
        bool isUnknown = status is null && image.Bytes is not null && LibC.Error is not (LibC.NotFound or LibC.NotFolder);
        return isUnknown ? throw LibC.Failure(LibC.Error) : status;
    }

    // The list that the folder hands down goes first: with a wider mode it would come into force.
    private bool RestrictAndTakeOver(SafeFileHandle file, string temporary) =>
        ExtendedAttributes.RemoveAccessControlList(file) && (_status is null || TakeOver(file, temporary, _status));

    // Owner first: changing it may clear mode bits. Mode last: without the list, the list's mask in it would be the group's rights.
    private bool TakeOver(SafeFileHandle file, string temporary, FileStatus status)
    {
        var own = LibC.GetStatus(file);
        bool isSameOwner = own is not null && own.User == status.User && own.Group == status.Group;
        if (!isSameOwner && LibC.ChangeOwner(file, status.User, status.Group) != 0)
        {
            return false;
        }

        if (!ExtendedAttributes.Copy(image.Path, temporary))
        {
            return false;
        }

        File.SetUnixFileMode(file, status.Permissions);
        return true;
    }
}

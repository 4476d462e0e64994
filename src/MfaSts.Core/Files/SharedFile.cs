using MfaSts.Errors;
using MfaSts.Platform;
using MfaSts.Sessions;

namespace MfaSts.Files;

/// <summary>
/// A file that other programs read and write too. Reading takes no lock. An update is locked against other MfaSts processes, compared
/// against foreign writers, and atomic; whatever stops it, the file is the old one or the new one, whole.
/// </summary>
/// <param name="path">The full path as the user knows it; it may be a symbolic link.</param>
public sealed class SharedFile(string path)
{
    // Where a lock cannot keep others out (foreign writers; the lock's folder removed under us), an update may lose many races in a row.
    private const int Attempts = 50;

    // A session token may be long; AWS sets no limit.
    private const int RoomForSession = 8192;

    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan TornPause = TimeSpan.FromMilliseconds(10);

    /// <summary>The path as the user knows it.</summary>
    public string Path { get; } = path;

    /// <summary>What stands in it for this process alone, until it can be written.</summary>
    internal UnstoredSessions Unstored { get; init; } = new();

    /// <summary>Why a session that this process has got is not in the file; null when all are.</summary>
    public MfaException? WhyNotStored => Unstored.WhyNot(Path);

    /// <summary>How long a read that finds the file empty or torn is repeated.</summary>
    internal TimeSpan TornLimit { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a read waits for another process that is writing in place.</summary>
    internal TimeSpan JournalLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What was written so recently may still be in the middle of it.</summary>
    internal TimeSpan JustChanged { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// When the file was last written, in UTC, symbolic links followed; a time long past when it is not there. Nothing is read for it.
    /// </summary>
    public DateTime ChangedAt => File.GetLastWriteTimeUtc(FileImage.Resolve(Path));

    /// <summary>Others than the owner may read or write the file.</summary>
    public bool IsOpenToOthers => ThisSystem.Platform.IsOpenToOthers(Path);

    /// <summary>Takes every right to the file from others than its owner.</summary>
    /// <returns>False when nobody had one, or the file is another user's.</returns>
    internal bool TryClose()
    {
        if (!IsOpenToOthers)
        {
            return false;
        }

        try
        {
            ThisSystem.Platform.Close(Path);
            return true;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    /// <summary>The file belongs to this user, or to root, and nobody else may write it: commands that it names may be run.</summary>
    public bool IsTrusted => ThisSystem.Platform.IsTrusted(Path);

    /// <summary>Reads the file.</summary>
    /// <returns>The document; an empty one when there is no file.</returns>
    /// <exception cref="MfaException">StoreUnreadable, StoreAccessDenied; StoreBusy: a process that writes it in place has stopped in the
    /// middle.</exception>
    internal IniDocument Read() => StoreFailure.Translate(Path, "read", () =>
    {
        // A torn file may be well-formed all the same: a half-old half-new key is still a line.
        FinishInterruptedWrite();

        try
        {
            return Unstored.Apply(Path, ReadWhole(out _));
        }
        catch (IniFormatException) when (FinishInterruptedWrite())
        {
            return Unstored.Apply(Path, ReadWhole(out _));
        }
    });

    /// <summary>Changes the file.</summary>
    /// <param name="edit">Gives the changed document, or the very one it was given when there is nothing to do. It may be called more than
    /// once.</param>
    /// <param name="cancellationToken">Ends the wait for the lock at once. A write that has begun is finished.</param>
    /// <returns>False when there was nothing to do.</returns>
    /// <exception cref="MfaException">One of the Store errors; the file is then as it was.</exception>
    internal bool Update(Func<IniDocument, IniDocument> edit, CancellationToken cancellationToken)
    {
        if (IsOtherThanFile(FileImage.Resolve(Path)))
        {
            var document = Read();
            return IsSame(edit(document), document) ? false : throw MfaErrors.StoreAccessDenied(Path, "written", StoreFailure.NotFile());
        }

        using var held = TakeLock("lock", profile: null, LockLimit, out var folder, cancellationToken);
        return StoreFailure.Translate(Path, "written", () => UpdateLocked(folder, edit, cancellationToken));
    }

    /// <summary>
    /// Waits until nobody else changes the file. For a change of two files: so the wait, which may be given up, comes before the first of
    /// them is changed.
    /// </summary>
    /// <exception cref="MfaException">StoreBusy, and what <see cref="MakeFolders"/> says.</exception>
    internal void AwaitTurn(CancellationToken cancellationToken) =>
        TakeLock("lock", profile: null, LockLimit, out _, cancellationToken).Dispose();

    /// <summary>Takes one of the locks that belong to this file, and waits for it.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="profile">The profile it is about, or null when it is about the whole file.</param>
    /// <param name="limit">How long to wait for one holder.</param>
    /// <param name="folder">The folder that the lock is in.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="MfaException">StoreBusy, and what <see cref="MakeFolders"/> says.</exception>
    internal FileLock TakeLock(string purpose, string? profile, TimeSpan limit, out LockFolder folder, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            folder = MakeFolders();
            try
            {
                return FileLock.Take(folder.File(purpose, profile), Path, limit, cancellationToken);
            }
            catch (MfaException e) when (e.InnerException is FileNotFoundException or DirectoryNotFoundException && attempt < Attempts)
            {
                // Somebody has removed the folder since; it is made again.
            }
        }
    }

    /// <summary>Fails when an update would: better before an MFA code is spent than after.</summary>
    /// <exception cref="MfaException">StoreAccessDenied, StoreUnsafe, StoreFull.</exception>
    internal void RequireWritable() => StoreFailure.Translate(Path, "written", () =>
    {
        RequireFile(FileImage.Resolve(Path));
        var image = FileImage.Read(Path);
        if (image.Bytes is not null)
        {
            ThisSystem.Platform.RequireWritable(image.Path);
        }

        try
        {
            string beside = System.IO.Path.Combine(NearestFolder(image.Path), System.IO.Path.GetFileName(image.Path));
            FileReplacer.TryCreateBeside(beside, (image.Bytes?.Length ?? 0) + RoomForSession);
        }
        catch (Exception e) when (image.Bytes is not null && ThisSystem.Platform.KindOf(e) == FailureKind.Rights)
        {
            // It will be written in place.
        }

        return true;
    });

    /// <summary>Tries an edit on the file as it is, and writes nothing.</summary>
    /// <exception cref="MfaException">What <see cref="Update"/> would fail with because of the content.</exception>
    internal void Rehearse(Func<IniDocument, IniDocument> edit) =>
        StoreFailure.Translate(Path, "written", () => edit(Unstored.Apply(Path, ReadWhole(out _))));

    /// <summary>The folder for locks and the guard of this file, made when it is not there.</summary>
    /// <exception cref="MfaException">StoreAccessDenied, StoreUnsafe, StoreFull.</exception>
    internal LockFolder MakeFolders() => StoreFailure.Translate(Path, "written", () =>
    {
        string target = FileImage.Resolve(Path);
        RequireFile(target);
        string folder = System.IO.Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            ThisSystem.Platform.CreatePrivateFolder(folder);
        }

        return LockFolder.For(target);
    });

    private static bool IsSame(IniDocument edited, IniDocument document) =>
        ReferenceEquals(edited, document) || edited.Bytes.AsSpan().SequenceEqual(document.Bytes);

    // A device, a pipe, a socket or a folder: a rename would put a file in the place of /dev/null.
    private static bool IsOtherThanFile(string target) =>
        ThisSystem.Platform.KindOf(target) is FileKind.CharacterDevice or FileKind.Other;

    private static void RequireFile(string target)
    {
        if (IsOtherThanFile(target))
        {
            throw StoreFailure.NotFile();
        }
    }

    private static string NearestFolder(string path)
    {
        string folder = System.IO.Path.GetDirectoryName(path)!;
        while (!Directory.Exists(folder))
        {
            folder = System.IO.Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    private bool UpdateLocked(LockFolder folder, Func<IniDocument, IniDocument> edit, CancellationToken cancellationToken)
    {
        var overwriter = new FileOverwriter(folder.File(LockFolder.Journal));
        string target = FileImage.Resolve(Path);
        overwriter.Recover(target);
        FileReplacer.DeleteLeftovers(target);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            var onDisk = ReadWhole(out var image);
            var document = Unstored.Apply(Path, onDisk);
            var edited = edit(document);
            if (IsSame(edited, onDisk) || TryReplace(image, edited.Bytes, overwriter))
            {
                Unstored.Clear(Path);
                return !IsSame(edited, document);
            }

            // Longer and longer, or the same writers meet again each time.
            cancellationToken.WaitHandle.WaitOne(Random.Shared.Next(1, 10 + (2 * attempt)));
            cancellationToken.ThrowIfCancellationRequested();
        }

        throw MfaErrors.StoreRestless(Path);
    }

    private static bool TryReplace(FileImage image, byte[] bytes, FileOverwriter overwriter)
    {
        try
        {
            if (image.Bytes is not null)
            {
                ThisSystem.Platform.RequireWritable(image.Path);
            }

            var result = FileReplacer.Replace(image, bytes);
            return result == ReplaceResult.Done || (result == ReplaceResult.Impossible && overwriter.Overwrite(image, bytes));
        }
        catch (FileNotFoundException)
        {
            // Taken away since it was read, by one who is about to put another there.
            return false;
        }
    }

    // A process killed while it wrote in place leaves a torn file and a journal. The next reader puts it right.
    // A live writer's journal is there for an instant only, so nobody waits long, and no longer than it is there.
    private bool FinishInterruptedWrite()
    {
        string target = FileImage.Resolve(Path);
        if (LockFolder.WithJournal(target) is not { } folder)
        {
            return false;
        }

        string lockPath = folder.File("lock");
        long start = TimeProvider.System.GetTimestamp();
        while (folder.HasJournal)
        {
            using var held = FileLock.TryTake(lockPath);
            if (held is not null)
            {
                new FileOverwriter(folder.File(LockFolder.Journal)).Recover(target);
            }
            else if (TimeProvider.System.GetElapsedTime(start) > JournalLimit)
            {
                throw MfaErrors.StoreBusy(Path, FileLock.ReadHolder(lockPath));
            }
            else
            {
                CancellationToken.None.WaitHandle.WaitOne(TornPause);
            }
        }

        return true;
    }

    // The AWS CLI truncates, then writes: a file that has just changed may be read empty or torn.
    private IniDocument ReadWhole(out FileImage image)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            image = FileImage.Read(Path);
            bool isAbsent = image.Bytes is null && ThisSystem.Platform.MayReappear(image.Path);
            bool mayBeTorn = TimeProvider.System.GetElapsedTime(start) < TornLimit
                && HasJustChanged(isAbsent ? System.IO.Path.GetDirectoryName(image.Path)! : image.Path);
            try
            {
                if ((!isAbsent && image.Bytes is not { Length: 0 }) || !mayBeTorn)
                {
                    return IniDocument.Parse(image.Bytes ?? []);
                }
            }
            catch (IniFormatException) when (mayBeTorn)
            {
                // Looked at again below.
            }

            CancellationToken.None.WaitHandle.WaitOne(TornPause);
        }
    }

    private bool HasJustChanged(string path)
    {
        try
        {
            return (TimeProvider.System.GetUtcNow() - File.GetLastWriteTimeUtc(path)).Duration() < JustChanged;
        }
        catch (IOException)
        {
            // NUL is a device of Windows, which has no time.
            return false;
        }
    }
}

using MfaSts.Errors;
using MfaSts.Platform.Unix;

namespace MfaSts.Prove.Faults;

/// <summary>What must be true after an update, however it ended.</summary>
/// <param name="proof">Where broken promises go.</param>
/// <param name="layout">How the file lies there.</param>
/// <param name="before">The file before; null when there was none.</param>
/// <param name="after">The file as the update makes it.</param>
/// <param name="statusBefore">Its rights and owner before.</param>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class Aftermath(Proof proof, Layout layout, byte[]? before, byte[] after, FileStatus? statusBefore)
{
    private const string NextSection = "next-call";

    /// <summary>Looks at everything, and makes the next call.</summary>
    public void Check(ScratchHome home, Ended worker, bool isKilled, string replay)
    {
        replay = $"{layout.Name}: {replay} ({worker.ExitCode} {worker.Output.Trim()} {worker.Errors.Trim()})";
        CheckLeftovers(home, replay);
        byte[]? now = ReadRaw(home);
        bool isWhole = IsOldOrNew(now);
        if (!isWhole && layout.IsInPlace)
        {
            proof.Count("torn in place by a kill, and made whole from the journal by the next reader");
            now = home.Shared.Read().Bytes;
            isWhole = isKilled && IsOldOrNew(now);
        }

        proof.Require(isWhole, "the file is the old one or the new one, whole", replay);
        CheckEnd(worker, now, isKilled, replay);
        CheckRights(home, replay);
        CheckNextCall(home, replay);
    }

    private static byte[]? ReadRaw(ScratchHome home) => File.Exists(home.CredentialsPath) ? File.ReadAllBytes(home.CredentialsPath) : null;

    private bool IsOldOrNew(byte[]? now) =>
        now is null ? before is null : now.AsSpan().SequenceEqual(after) || (before is not null && now.AsSpan().SequenceEqual(before));

    private void CheckEnd(Ended worker, byte[]? now, bool isKilled, string replay)
    {
        if (isKilled)
        {
            return;
        }

        bool isNew = now is not null && now.AsSpan().SequenceEqual(after);
        if (worker.ExitCode == 0)
        {
            proof.Count("updates that went through all the same");
            proof.Require(isNew, "an update that says it is done is done", replay);
        }
        else
        {
            proof.Count("updates refused with an error of the catalogue");
            bool isOfCatalogue = worker.ExitCode == Worker.Refused && Enum.TryParse<MfaErrorId>(worker.Output.Trim(), out _);
            proof.Require(isOfCatalogue, "an error is one of the catalogue", replay);
            proof.Require(!isNew, "an update that fails leaves the file as it was", replay);
        }
    }

    private void CheckRights(ScratchHome home, string replay)
    {
        var status = LibC.GetStatus(home.CredentialsPath, followLink: true);
        if (statusBefore is null)
        {
            proof.Require(status is null || !status.IsOpenToOthers, "a new file is for its owner alone", replay);
            return;
        }

        proof.Require(
            status is not null
                && (status.Mode, status.User, status.Group, status.Links) == (
                    statusBefore.Mode, statusBefore.User, statusBefore.Group, statusBefore.Links),
            "mode, owner and links stay",
            $"{replay} {statusBefore} {status}");
    }

    private void CheckLeftovers(ScratchHome home, string replay)
    {
        var widest = statusBefore?.Permissions ?? (UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (string leftover in home.Leftovers)
        {
            proof.Count("files that a kill left, none more open than the credentials file");
            proof.Require(
                (File.GetUnixFileMode(leftover) & ~widest) == 0,
                "what a kill leaves is no more open than the file",
                $"{replay} {leftover}");
        }
    }

    private void CheckNextCall(ScratchHome home, string replay)
    {
        try
        {
            Worker.Update(home.CredentialsPath, NextSection, "1");
        }
        catch (MfaException e)
        {
            proof.Violate("the next call works", $"{replay} {e.Message}");
            return;
        }

        var document = home.Shared.Read();
        bool isThere = document.Find(NextSection) is not null;
        bool isRestThere = before is null || OldFile.Untouched.All(name => document.Find(name)?["aws_access_key_id"] is not null);
        proof.Require(isThere && isRestThere, "the next call's update is there, and all that was there", replay);
        proof.Require(!home.Leftovers.Any(), "the next call takes away what a kill left", $"{replay} {string.Join(", ", home.Leftovers)}");
    }
}

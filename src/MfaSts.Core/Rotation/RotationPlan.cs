using MfaSts.Files;
using MfaSts.Sts;

namespace MfaSts.Rotation;

/// <summary>
/// An access key that can be replaced: everything looked up and checked, and nothing made yet. Until it is disposed, no other process replaces a key of the same
/// files: it would take the new key for a second one that nobody uses.
/// </summary>
public sealed class RotationPlan : IDisposable
{
    private readonly FileLock _held;

    internal RotationPlan(StsCall stsCall, StsCall iamCall, FileLock held) => (StsCall, IamCall, _held) = (stsCall, iamCall, held);

    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The access key that will be replaced.</summary>
    public required string AccessKeyId { get; init; }

    /// <summary>Since when that access key exists, in UTC, as IAM says. No file keeps it.</summary>
    public required DateTimeOffset CreateDate { get; init; }

    /// <summary>The IAM user, or null for the account's root user.</summary>
    public string? UserName { get; init; }

    /// <summary>Every place in which the key stands, each as <c>[section] in 'path'</c>: a profile of another name may share it.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>Signed with the key that is stored.</summary>
    internal StsCall StsCall { get; }

    /// <summary>Signed with the session.</summary>
    internal StsCall IamCall { get; }

    /// <summary>Lets other processes replace keys.</summary>
    public void Dispose() => _held.Dispose();

    /// <summary>Names the profile and key ID only.</summary>
    public override string ToString() => $"{Profile} ({AccessKeyId})";
}

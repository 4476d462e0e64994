using MfaSts.Credentials;
using MfaSts.Files;
using MfaSts.Sts;

namespace MfaSts.Rotation;

/// <summary>
/// An access key that can be replaced: everything looked up and checked, and nothing made yet. Until it is disposed, no other process
/// replaces a key of the same files: it would take the new key for a second one that nobody uses.
/// </summary>
public sealed class RotationPlan : IDisposable
{
    private readonly FileLock _held;

    internal RotationPlan(LongTermCredential old, StsCall stsCall, StsCall iamCall, FileLock held) =>
        (Old, StsCall, IamCall, _held) = (old, stsCall, iamCall, held);

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

    /// <summary>Where the new secret goes.</summary>
    public required string Store { get; init; }

    /// <summary>What the user should know afterwards, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; internal set; } = [];

    /// <summary>The stores that need the new secret, the file left out.</summary>
    internal IReadOnlyList<string> Stores { get; init; } = [];

    /// <summary>The key that will be replaced, as it was found.</summary>
    internal LongTermCredential Old { get; }

    /// <summary>Signed with the key that is stored.</summary>
    internal StsCall StsCall { get; }

    /// <summary>Signed with the session.</summary>
    internal StsCall IamCall { get; }

    /// <summary>Lets other processes replace keys.</summary>
    public void Dispose() => _held.Dispose();

    /// <summary>Names the profile and key ID only.</summary>
    public override string ToString() => $"{Profile} ({AccessKeyId})";
}

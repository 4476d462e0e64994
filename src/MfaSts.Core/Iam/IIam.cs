using MfaSts.Errors;
using MfaSts.Sts;

namespace MfaSts.Iam;

/// <summary>
/// A user's devices and access keys (AWS IAM). As for <see cref="ISts"/>: every foreseeable failure is an <see cref="MfaException"/>, a
/// call is sent at most once, cancellation is <see cref="OperationCanceledException"/>. Without a user's name AWS takes the user whose keys
/// sign.
/// </summary>
public interface IIam
{
    /// <summary>All MFA devices of a user (ListMFADevices), passkeys and security keys among them; every page is fetched.</summary>
    /// <param name="call">Keys and endpoint.</param>
    /// <param name="userName">The user, or null for the caller.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task<StsAnswer<IReadOnlyList<IamDevice>>> ListMfaDevicesAsync(StsCall call, string? userName, CancellationToken cancellationToken);

    /// <summary>All long-term access keys of a user, without the secrets (ListAccessKeys); every page is fetched.</summary>
    /// <param name="call">Keys and endpoint.</param>
    /// <param name="userName">The user, or null for the caller.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task<StsAnswer<IReadOnlyList<IamAccessKey>>> ListAccessKeysAsync(StsCall call, string? userName, CancellationToken cancellationToken);

    /// <summary>
    /// Makes an access key (CreateAccessKey). AWS shows its secret this once, and may refuse the key with InvalidClientTokenId for some
    /// seconds.
    /// </summary>
    /// <param name="call">Keys and endpoint.</param>
    /// <param name="userName">The user, or null for the caller.</param>
    /// <param name="cancellationToken">Ends the call; the key may be there all the same.</param>
    /// <exception cref="MfaException">AccessKeyLimit: the user has two.</exception>
    Task<StsAnswer<NewAccessKey>> CreateAccessKeyAsync(StsCall call, string? userName, CancellationToken cancellationToken);

    /// <summary>Switches an access key on or off (UpdateAccessKey).</summary>
    /// <param name="call">Keys and endpoint.</param>
    /// <param name="userName">The user, or null for the caller.</param>
    /// <param name="accessKeyId">The key.</param>
    /// <param name="isActive">Whether calls signed with it are to be accepted.</param>
    /// <param name="cancellationToken">Ends the call; it may have been carried out all the same.</param>
    /// <returns>The key's ID.</returns>
    /// <exception cref="MfaException">IamEntityNotFound: the user has no such key.</exception>
    Task<StsAnswer<string>> SetAccessKeyStatusAsync(
        StsCall call, string? userName, string accessKeyId, bool isActive, CancellationToken cancellationToken);

    /// <summary>Removes an access key for good (DeleteAccessKey).</summary>
    /// <param name="call">Keys and endpoint.</param>
    /// <param name="userName">The user, or null for the caller.</param>
    /// <param name="accessKeyId">The key.</param>
    /// <param name="cancellationToken">Ends the call; it may have been carried out all the same.</param>
    /// <returns>The key's ID.</returns>
    /// <exception cref="MfaException">IamEntityNotFound: the user has no such key.</exception>
    Task<StsAnswer<string>> DeleteAccessKeyAsync(StsCall call, string? userName, string accessKeyId, CancellationToken cancellationToken);
}

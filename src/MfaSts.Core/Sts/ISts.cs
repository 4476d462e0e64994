using MfaSts.Errors;

namespace MfaSts.Sts;

/// <summary>
/// What is asked of AWS STS. Every foreseeable failure is an <see cref="MfaException"/>; a call is sent at most once, since an MFA code in
/// it can be spent only once; cancellation is <see cref="OperationCanceledException"/>.
/// </summary>
public interface ISts
{
    /// <summary>Trades long-term keys and one MFA code for temporary keys (AWS STS GetSessionToken).</summary>
    /// <param name="call">Keys, region, endpoint.</param>
    /// <param name="serialNumber">The MFA device's serial number or ARN.</param>
    /// <param name="tokenCode">Six digits.</param>
    /// <param name="duration">900 to 129600 seconds; root is cut to 3600 by AWS, so believe the answer's expiration.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task<StsAnswer<TemporaryCredential>> GetSessionTokenAsync(
        StsCall call, string serialNumber, string tokenCode, TimeSpan duration, CancellationToken cancellationToken);

    /// <summary>Takes a role (AWS STS AssumeRole): with a session and no code, or with long-term keys and a code.</summary>
    /// <param name="call">Keys, region, endpoint.</param>
    /// <param name="role">The role and what goes with it.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    Task<StsAnswer<TemporaryCredential>> AssumeRoleAsync(StsCall call, RoleCall role, CancellationToken cancellationToken);

    /// <summary>Asks whose keys these are (AWS STS GetCallerIdentity). It needs no permission, so it proves keys.</summary>
    Task<StsAnswer<CallerIdentity>> GetCallerIdentityAsync(StsCall call, CancellationToken cancellationToken);
}

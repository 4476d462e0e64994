using Amazon.Runtime;
using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <summary>
/// In a region that the account has not enabled STS answers of a good key what it answers of one that does not exist. GetCallerIdentity,
/// which needs no code and no right, in the partition's default region tells the two apart.
/// </summary>
internal static class RegionDoubt
{
    /// <summary>The refusal of a key may be the region's. A wrong signature never is: AWS knows the key then.</summary>
    public static bool IsIn(StsOperation operation, Exception failure) =>
        failure is AmazonServiceException { ErrorCode: "InvalidClientTokenId" or "UnrecognizedClientException" }
        && !operation.IsIam && AwsRegion.IsOptIn(operation.Call.Region);

    /// <summary>Asks.</summary>
    /// <param name="operation">What was refused.</param>
    /// <param name="refusal">The refusal, as it is told while the doubt is there.</param>
    /// <param name="identify">Calls GetCallerIdentity.</param>
    /// <returns>What the user is told.</returns>
    public static async Task<MfaException> SettleAsync(StsOperation operation, MfaException refusal, Func<StsCall, Task> identify)
    {
        string elsewhere = Partition.OfRegion(operation.Call.Region).DefaultRegion;
        bool hasCode = operation.TokenCode.Length > 0;
        try
        {
            await identify(operation.Call.InRegion(elsewhere)).ConfigureAwait(false);
            return MfaErrors.RegionNotEnabled(operation.Profile, operation.Call.AccessKeyId, operation.Call.Region, elsewhere, hasCode);
        }
        catch (MfaException e) when (e.Error.Id == MfaErrorId.LongTermCredentialRejected && operation.Call.EndpointUrl is null)
        {
            return hasCode ? MfaErrors.CodeMayBeSpent(e) : e;
        }
        catch (MfaException)
        {
            // Not even there an answer, or the very same endpoint.
            return refusal;
        }
    }
}

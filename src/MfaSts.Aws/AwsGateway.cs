using Amazon.Runtime;
using MfaSts.Errors;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <summary>
/// AWS STS and IAM through the AWS SDK for .NET. A call is sent at most once. Nothing leaves but <see cref="Errors.MfaException"/> and, for
/// the caller's own token, <see cref="OperationCanceledException"/>; no exception of the SDK's is kept inside, since those hold the request
/// and with it the code. The other files hold the calls of each service.
/// </summary>
/// <param name="clock">The clock that the service's time is compared with.</param>
public sealed partial class AwsGateway(TimeProvider clock) : IAwsGateway
{
    /// <summary>Makes a gateway on the system's clock. The module calls this one by reflection, across a load context.</summary>
    public AwsGateway()
        : this(TimeProvider.System)
    {
    }

    private async Task<StsAnswer<T>> SendAsync<TClient, TResponse, T>(
        StsOperation operation,
        Func<StsCall, SdkHttp, TClient> connect,
        Func<TClient, CancellationToken, Task<TResponse>> send,
        Func<TResponse, T> read,
        CancellationToken cancellationToken)
        where TClient : AmazonServiceClient
        where T : class
    {
        var exchange = new StsExchange(clock);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(operation.Call.Timeout);
            SdkIsolation.Ensure();
            using var http = new SdkHttp(operation.Call, exchange);
            using var client = connect(operation.Call, http);
            var response = await send(client, limit.Token).ConfigureAwait(false);
            return new StsAnswer<T>(read(response), exchange.ServiceTime);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception failure)
        {
            var refusal = new FailureTranslator(operation, exchange).Translate(failure);
            throw refusal.Error.Id == MfaErrorId.LongTermCredentialRejected && RegionDoubt.IsIn(operation, failure)
                ? await RegionDoubt.SettleAsync(operation, refusal, call => GetCallerIdentityAsync(call, cancellationToken))
                    .ConfigureAwait(false)
                : refusal;
        }
    }
}

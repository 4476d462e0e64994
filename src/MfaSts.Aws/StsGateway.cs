using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <summary>
/// AWS STS through the AWS SDK for .NET. A call is sent at most once. Nothing leaves but <see cref="Errors.MfaException"/> and, for the caller's own token,
/// <see cref="OperationCanceledException"/>; no exception of the SDK's is kept inside, since those hold the request and with it the code.
/// </summary>
/// <param name="clock">The clock that the service's time is compared with.</param>
public sealed class StsGateway(TimeProvider clock) : ISts
{
    /// <summary>Makes a gateway on the system's clock. The module calls this one by reflection, across a load context.</summary>
    public StsGateway()
        : this(TimeProvider.System)
    {
    }

    /// <inheritdoc/>
    public Task<StsAnswer<TemporaryCredential>> GetSessionTokenAsync(
        StsCall call, string serialNumber, string tokenCode, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentException.ThrowIfNullOrEmpty(serialNumber);
        ArgumentException.ThrowIfNullOrEmpty(tokenCode);
        var operation = new StsOperation
        {
            Action = "GetSessionToken",
            Call = call,
            SerialNumber = serialNumber,
            TokenCode = tokenCode,
            Duration = duration,
        };
        var request = new GetSessionTokenRequest
        {
            SerialNumber = serialNumber,
            TokenCode = tokenCode,
            DurationSeconds = (int)duration.TotalSeconds,
        };
        return SendAsync(operation, (sts, limit) => sts.GetSessionTokenAsync(request, limit), AnswerReader.Credential, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StsAnswer<CallerIdentity>> GetCallerIdentityAsync(StsCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var operation = new StsOperation { Action = "GetCallerIdentity", Call = call };
        var request = new GetCallerIdentityRequest();
        return SendAsync(operation, (sts, limit) => sts.GetCallerIdentityAsync(request, limit), AnswerReader.Identity, cancellationToken);
    }

    private async Task<StsAnswer<T>> SendAsync<TResponse, T>(
        StsOperation operation,
        Func<AmazonSecurityTokenServiceClient, CancellationToken, Task<TResponse>> send,
        Func<TResponse, T> read,
        CancellationToken cancellationToken)
        where T : class
    {
        var exchange = new StsExchange(clock);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(operation.Call.Timeout);
            SdkIsolation.Ensure();
            using var http = new SdkHttp(operation.Call, exchange);
            using var sts = new AmazonSecurityTokenServiceClient(SdkSettings.Credentials(operation.Call), SdkSettings.For(operation.Call, http));
            var response = await send(sts, limit.Token).ConfigureAwait(false);
            return new StsAnswer<T>(read(response), exchange.ServiceTime);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception failure)
        {
            throw new FailureTranslator(operation, exchange).Translate(failure);
        }
    }
}

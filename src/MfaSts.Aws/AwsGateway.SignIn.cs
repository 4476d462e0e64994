using System.Net;
using MfaSts.Errors;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <content>The call of the sign-in, which no SDK has.</content>
public sealed partial class AwsGateway
{
    /// <inheritdoc/>
    public async Task<StsAnswer<string>> GetSigninTokenAsync(StsCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var operation = new StsOperation { Action = "getSigninToken", Call = call, IsSignIn = true };
        var exchange = new StsExchange(clock);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(call.Timeout);
            using var http = new HttpClient(new ExchangeHandler(call, exchange)) { Timeout = Timeout.InfiniteTimeSpan };
            using var response = await http.PostAsync(new Uri(call.EndpointUrl!, "federation"), SignInForm.Of(call), limit.Token)
                .ConfigureAwait(false);
            byte[] body = await response.Content.ReadAsByteArrayAsync(limit.Token).ConfigureAwait(false);
            return new StsAnswer<string>(SignInForm.ReadToken(RequireTaken(call, response.StatusCode, body)), exchange.ServiceTime);
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

    private static byte[] RequireTaken(StsCall call, HttpStatusCode status, byte[] body) => status switch
    {
        HttpStatusCode.OK => body,
        HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
            throw MfaErrors.SignInRefused(call.Profile, call.EndpointUrl!.Host, (int)status),
        _ => throw new HttpRequestException(message: null, inner: null, status),
    };
}

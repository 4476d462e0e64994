using Amazon.Runtime;
using MfaSts.Errors;

namespace MfaSts.Aws;

/// <summary>Turns whatever ended a call into the catalogued error. What the wire shows goes before what the SDK makes of it.</summary>
internal sealed class FailureTranslator(StsOperation operation, StsExchange exchange)
{
    public MfaException Translate(Exception failure)
    {
        var named = Name(failure);
        return new MfaException(named.Error, named.InnerException) { NothingWasSent = !exchange.Sent };
    }

    private MfaException Name(Exception failure) => failure switch
    {
        MfaException known => known,
        _ when exchange.Failure is { } onTheWire => new WireFailure(operation, exchange).Name(onTheWire),
        OperationCanceledException => new WireFailure(operation, exchange).Name(failure),
        UnusableAnswerException answer => Unusable(answer.Message),
        _ when exchange.Status is { } status && (int)status is >= 300 and < 400 => Unusable(Redirect((int)status)),
        AmazonServiceException { ErrorCode.Length: > 0 } refusal => new ServiceRefusal(operation, exchange).Name(refusal),
        _ when (int?)exchange.Status == 429 => ServiceErrors.Throttled(operation, "HTTP 429."),
        _ when exchange.Status is { } status => Unusable($"it answered HTTP {(int)status} with {Body()} that is not AWS's"),

        // The SDK refused before it sent, as over a key that no header can carry. Its words may hold that key; the type's name cannot.
        _ => Unusable($"the call could not be made ({failure.GetType().Name})"),
    };

    private MfaException Unusable(string what) => ServiceErrors.Failed(operation, WireFailure.Endpoint(operation, exchange), what);

    private string Redirect(int status)
    {
        string to = exchange.Location is { } location ? $" to '{AwsWords.Quote(location.OriginalString, operation)}'" : string.Empty;
        return $"it redirected{to} (HTTP {status}), which is not followed";
    }

    private string Body() => exchange.MediaType is { Length: > 0 } type ? $"a {AwsWords.Quote(type, operation)} body" : "a body";
}

using Microsoft.AspNetCore.Http;

namespace MfaSts.PowerShell.Tests;

/// <summary>What goes wrong with the next calls of an access key.</summary>
/// <param name="Key">The access key ID.</param>
/// <param name="Kind">slow, throttle, html, garbage or close.</param>
/// <param name="Seconds">How long a slow answer takes.</param>
internal sealed record Fault(string Key, string Kind, double Seconds)
{
    private const string Throttled = """
        <ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>Throttling</Code>
        <Message>Rate exceeded</Message></Error><RequestId>0</RequestId></ErrorResponse>
        """;

    /// <summary>Answers a call, or hangs up.</summary>
    /// <returns>False when the call is to be served as usual.</returns>
    internal async Task<bool> AnswerAsync(HttpContext context)
    {
        switch (Kind)
        {
            case "slow":
                await Task.Delay(TimeSpan.FromSeconds(Seconds), context.RequestAborted);
                return false;
            case "throttle":
                return await WriteAsync(context, StatusCodes.Status400BadRequest, "text/xml", Throttled);
            case "html":
                return await WriteAsync(context, StatusCodes.Status200OK, "text/html", "<!DOCTYPE html><title>Log in</title>");
            case "garbage":
                return await WriteAsync(context, StatusCodes.Status200OK, "text/xml", "<GetSessionTokenResponse><oops");
            case "close":
                context.Abort();
                return true;
            default:
                throw new ArgumentException($"There is no fault '{Kind}'.");
        }
    }

    private static async Task<bool> WriteAsync(HttpContext context, int status, string type, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.WriteAsync(body, context.RequestAborted);
        return true;
    }
}

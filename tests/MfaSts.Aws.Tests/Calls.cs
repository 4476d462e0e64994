using MfaSts.Errors;
using MfaSts.Sts;

namespace MfaSts.Aws.Tests;

/// <summary>Calls with keys that a test can look for afterwards.</summary>
internal static class Calls
{
    public const string AccessKeyId = "AKIAEXAMPLEEXAMPLE34";
    public const string Secret = "S3cr3t/Key+ThatMustNotBeSeen=Anywhere000";
    public const string SessionToken = "Token/That+MustNotBeSeenEither==";
    public const string Serial = "arn:aws:iam::123456789012:mfa/anna";
    public const string Code = "914827";

    public static readonly TimeSpan Duration = TimeSpan.FromHours(1);

    public static StsCall To(
        Uri? endpoint,
        TimeSpan? timeout = null,
        string? sessionToken = null,
        string? caBundle = null,
        string region = "eu-central-1",
        bool fips = false) => new()
        {
            Profile = "prod",
            AccessKeyId = AccessKeyId,
            SecretAccessKey = Secret,
            SessionToken = sessionToken,
            Region = region,
            EndpointUrl = endpoint,
            CaBundlePath = caBundle,
            UseFipsEndpoint = fips,
            Timeout = timeout ?? TimeSpan.FromMinutes(10),
        };

    public static Task<StsAnswer<TemporaryCredential>> GetSessionTokenAsync(
        StsCall call, TimeProvider? clock = null, TimeSpan? duration = null) =>
        new AwsGateway(clock ?? TimeProvider.System)
            .GetSessionTokenAsync(call, Serial, Code, duration ?? Duration, TestContext.Current.CancellationToken);

    /// <summary>
    /// Expects a call to fail by its own time limit after the request has reached the endpoint. The limit is short; where the machine needs
    /// longer than that for the request itself, a longer one is tried.
    /// </summary>
    /// <returns>The failure, and the time limit in seconds that it must name.</returns>
    public static async Task<(MfaException Failure, double Limit)> TimeOutAsync(
        Func<Conversation, Task> script, Action<ScriptedEndpoint>? check = null)
    {
        for (double limit = 0.4; ; limit *= 4)
        {
            await using var endpoint = new ScriptedEndpoint(script);
            var failure = await FailAsync(To(endpoint.Url, TimeSpan.FromSeconds(limit)));
            if (!failure.NothingWasSent || limit > 100)
            {
                check?.Invoke(endpoint);
                return (failure, limit);
            }
        }
    }

    /// <summary>Expects the call to fail with a catalogued error that shows no secret anywhere, and gives that error.</summary>
    public static async Task<MfaException> FailAsync(StsCall call, TimeProvider? clock = null, TimeSpan? duration = null)
    {
        var failure = await Assert.ThrowsAsync<MfaException>(() => GetSessionTokenAsync(call, clock, duration));
        Assert.Equal("prod", failure.Error.Target);
        string shown = failure + failure.Error.ToString();
        Assert.DoesNotContain(Secret, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(SessionToken, shown, StringComparison.Ordinal);
        Assert.DoesNotContain(Code, shown, StringComparison.Ordinal);
        for (var cause = failure.InnerException; cause is not null; cause = cause.InnerException)
        {
            Assert.StartsWith("System.", cause.GetType().FullName, StringComparison.Ordinal);
        }

        return failure;
    }
}

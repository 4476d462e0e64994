using Amazon;
using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace MfaSts.Aws.Tests;

public sealed class SdkSettingsTests : IDisposable
{
    public void Dispose() => FallbackInternalConfigurationFactory.Reset();

    [Fact]
    public void For_AnyCall_LeavesTheSdkNoRetry()
    {
        var call = Calls.To(null);
        SdkIsolation.Ensure();
        using var variables =
            new EnvironmentScope(("AWS_RETRY_MODE", "adaptive"), ("AWS_MAX_ATTEMPTS", "5"), ("AWS_DEFAULTS_MODE", "nonsense"));
        FallbackInternalConfigurationFactory.Reset();
        using var http = new SdkHttp(call, new StsExchange(TimeProvider.System));

        var settings = SdkSettings.ForSts(call, http);

        Assert.Equal(0, settings.MaxErrorRetry);
        Assert.Equal(0, settings.MaxStaleConnectionRetries);
        Assert.Equal(RequestRetryMode.Standard, settings.RetryMode);
        Assert.Equal(DefaultConfigurationMode.Standard, settings.DefaultConfigurationMode);
        Assert.False(AWSConfigs.CorrectForClockSkew);
        Assert.False(http.UseSDKHttpClientCaching(settings));
    }
}

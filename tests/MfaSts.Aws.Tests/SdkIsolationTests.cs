using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MfaSts.Sts;

namespace MfaSts.Aws.Tests;

/// <summary>The user's files and variables are for Core to read; the SDK must not see them. Each test starts the SDK anew.</summary>
public sealed class SdkIsolationTests : IDisposable
{
    private const string OnlyDotNetCannotParse = "[default]\nregion: eu-west-1\n[profile p] # comment\nservices\n  nested\n";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FilesThatDotNetCannotParse_CallSucceeds()
    {
        string config = _folder.Write("config", OnlyDotNetCannotParse);
        string credentials = _folder.Write("credentials", OnlyDotNetCannotParse);
        using var variables =
            new EnvironmentScope(("AWS_CONFIG_FILE", config), ("AWS_SHARED_CREDENTIALS_FILE", credentials), ("AWS_PROFILE", "p"));

        await AssertSucceedsAsync();
    }

    [Fact]
    public async Task FilesInTheHomeFolder_AreNotOpened()
    {
        // Opening a pipe that nobody writes to never returns, so that even a look inside would hang the call.
        Directory.CreateDirectory(Path.Combine(_folder.Path, ".aws"));
        MakePipe(Path.Combine(_folder.Path, ".aws", "config"));
        MakePipe(Path.Combine(_folder.Path, ".aws", "credentials"));
        using var variables = new EnvironmentScope(
            ("HOME", _folder.Path), ("USERPROFILE", _folder.Path), ("AWS_CONFIG_FILE", null), ("AWS_SHARED_CREDENTIALS_FILE", null));

        await AssertSucceedsAsync();
    }

    [Fact]
    public async Task FilesNamedByVariables_AreNotOpened()
    {
        using var variables = new EnvironmentScope(
            ("AWS_CONFIG_FILE", MakePipe(Path.Combine(_folder.Path, "one"))),
            ("AWS_SHARED_CREDENTIALS_FILE", MakePipe(Path.Combine(_folder.Path, "two"))));

        await AssertSucceedsAsync();
    }

    [Fact]
    public async Task VariablesHiddenAtTheStart_ArePutBackExactly()
    {
        using var variables = new EnvironmentScope(
            ("AWS_CONFIG_FILE", "/somewhere/config"),
            ("AWS_SHARED_CREDENTIALS_FILE", " "),
            ("AWS_PROFILE", null),
            ("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "not a bool"),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", "not an address"),
            ("AWS_CSM_ENABLED", "true"));
        string before = Everything();

        await AssertSucceedsAsync();

        Assert.Equal(before, Everything());
    }

    [Fact]
    public async Task VariablesThatSpeakToTheSdk_ExplicitSettingsWin()
    {
        await using var elsewhere = ScriptedEndpoint.Answering("200 OK", Answers.Session());
        await using var proxy = ScriptedEndpoint.Answering("502 Bad Gateway", string.Empty);
        using var variables = new EnvironmentScope(
            ("AWS_ENDPOINT_URL", elsewhere.Url.AbsoluteUri),
            ("AWS_ENDPOINT_URL_STS", elsewhere.Url.AbsoluteUri),
            ("AWS_EC2_METADATA_SERVICE_ENDPOINT", elsewhere.Url.AbsoluteUri),
            ("AWS_EC2_METADATA_DISABLED", null),
            ("AWS_EXECUTION_ENV", null),
            ("AWS_DEFAULTS_MODE", "auto"),
            ("AWS_REGION", "us-west-2"),
            ("AWS_DEFAULT_REGION", "us-west-2"),
            ("AWS_STS_REGIONAL_ENDPOINTS", "legacy"),
            ("AWS_USE_FIPS_ENDPOINT", "true"),
            ("AWS_USE_DUALSTACK_ENDPOINT", "true"),
            ("AWS_ACCESS_KEY_ID", "AKIAOTHEROTHEROTHER1"),
            ("AWS_SECRET_ACCESS_KEY", "other"),
            ("HTTPS_PROXY", proxy.Url.AbsoluteUri),
            ("https_proxy", null),
            ("NO_PROXY", null),
            ("no_proxy", null));

        await Assert.ThrowsAsync<Errors.MfaException>(() => GetAsync(PrivateContext.NewGateway(), Calls.To(null)));

        Assert.StartsWith("CONNECT sts.eu-central-1.amazonaws.com:443 ", Assert.Single(proxy.Requests), StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Connections);
    }

    [Fact]
    public async Task VariablesAboutRetries_CodeIsStillSentOnce()
    {
        await using var endpoint = ScriptedEndpoint.Answering("500 Internal Server Error", Answers.Error("InternalFailure", "Try again."));
        using var variables = new EnvironmentScope(
            ("AWS_MAX_ATTEMPTS", "5"), ("AWS_RETRY_MODE", "adaptive"), ("AWS_NEW_RETRIES_2026", "true"), ("AWS_DEFAULTS_MODE", "nonsense"));

        var failure = await Assert.ThrowsAsync<Errors.MfaException>(() => GetAsync(PrivateContext.NewGateway(), Calls.To(endpoint.Url)));

        Assert.Equal(Errors.MfaErrorId.StsFailed, failure.Error.Id);
        Assert.False(failure.NothingWasSent);
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task VariablesAskForCallReports_NoneIsSent()
    {
        using var monitor = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)monitor.Client.LocalEndPoint!).Port;
        using var variables = new EnvironmentScope(
            ("AWS_CSM_ENABLED", "true"), ("AWS_CSM_HOST", "127.0.0.1"), ("AWS_CSM_PORT", port.ToString(CultureInfo.InvariantCulture)));

        await AssertSucceedsAsync();

        Assert.False(monitor.Client.Poll(TimeSpan.FromMilliseconds(300), SelectMode.SelectRead));
    }

    [Fact]
    public async Task ManyFirstCallsAtOnceBesideABadFile_AllSucceed()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session());
        using var variables = new EnvironmentScope(("AWS_CONFIG_FILE", _folder.Write("config", OnlyDotNetCannotParse)));
        var gateway = PrivateContext.NewGateway();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => GetAsync(gateway, Calls.To(endpoint.Url)))));

        Assert.Equal(8, endpoint.Requests.Count);
    }

    private static async Task AssertSucceedsAsync()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session());

        // The SDK starts on the calling thread, so a call that hangs there must be left behind on another one.
        var call = Task.Run(() => GetAsync(PrivateContext.NewGateway(), Calls.To(endpoint.Url)));
        var answer = await call.WaitAsync(TimeSpan.FromMinutes(5), TestContext.Current.CancellationToken);

        Assert.Equal(Answers.AccessKeyId, answer.Value.AccessKeyId);
    }

    private static Task<StsAnswer<TemporaryCredential>> GetAsync(ISts gateway, StsCall call) =>
        gateway.GetSessionTokenAsync(call, Calls.Serial, Calls.Code, Calls.Duration, TestContext.Current.CancellationToken);

    private static string MakePipe(string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no named pipes in Windows's file system.");
        using var mkfifo = Process.Start("mkfifo", [path]);
        mkfifo.WaitForExit();
        Assert.Equal(0, mkfifo.ExitCode);
        return path;
    }

    private static string Everything() => string.Join(
        '\n', Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(e => $"{e.Key}={e.Value}").Order(
            StringComparer.Ordinal));
}

using MfaSts.Sandbox.Signing;

namespace MfaSts.Sandbox.Tests.Support;

/// <summary>A sandbox on a settable clock, and a client that signs by the same clock.</summary>
internal sealed class TestSandbox : IAsyncDisposable
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false });

    private TestSandbox(SandboxServer server, SettableClock clock)
    {
        Server = server;
        Clock = clock;
        Alice = server.Account.Users[0];
        AliceKeys = Keys.Of(Alice.AccessKeys[0]);
        Device = Alice.MfaDevices[0];
    }

    internal SandboxServer Server { get; }

    internal SandboxAccount Account => Server.Account;

    internal SettableClock Clock { get; }

    internal SandboxUser Alice { get; }

    internal Keys AliceKeys { get; }

    internal VirtualMfaDevice Device { get; }

    internal string Code => Device.CodeAt(Clock.GetUtcNow());

    public async ValueTask DisposeAsync() => await Server.DisposeAsync();

    internal static Task<TestSandbox> StartAsync(params string[] disabledRegions) =>
        StartAsync(account => new SandboxOptions { Account = account, DisabledRegions = disabledRegions });

    internal static async Task<TestSandbox> StartAsync(Func<SandboxAccount, SandboxOptions> options)
    {
        var clock = new SettableClock();
        var account = new SandboxAccount(clock: clock);
        var alice = account.AddUser("alice");
        alice.AddAccessKey();
        // Not random, so that no code of one window is by chance another's too.
        alice.AddMfaDevice("alice", "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP");
        return new TestSandbox(await SandboxServer.StartAsync(options(account), clock, TestContext.Current.CancellationToken), clock);
    }

    /// <summary>A call with Alice's long-term keys.</summary>
    internal Task<Reply> CallAsync(string action, params (string Name, string Value)[] parameters) =>
        CallAsAsync(AliceKeys, action, parameters);

    /// <summary>GetSessionToken with Alice's device.</summary>
    internal Task<Reply> GetSessionTokenAsync(string code, params (string Name, string Value)[] parameters) =>
        CallAsync("GetSessionToken", [("SerialNumber", Device.SerialNumber), ("TokenCode", code), .. parameters]);

    /// <summary>A session of Alice's, with MFA.</summary>
    internal async Task<Keys> GetMfaSessionAsync()
    {
        (await GetSessionTokenAsync(Code)).AssertServed();
        return Keys.Of(Server.Account.Sessions[^1]);
    }

    /// <summary>A session of Alice's, without MFA.</summary>
    internal async Task<Keys> GetPlainSessionAsync()
    {
        (await CallAsync("GetSessionToken")).AssertServed();
        return Keys.Of(Server.Account.Sessions[^1]);
    }

    /// <summary>Gives Alice a policy that asks for no MFA, so that a role's own terms show.</summary>
    internal void AllowWithoutMfa() => Alice.Policy = """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";

    /// <summary>What proves MFA now with Alice's device.</summary>
    internal (string Name, string Value)[] MfaParameters() => [("SerialNumber", Device.SerialNumber), ("TokenCode", Code)];

    internal Task<Reply> AssumeRoleAsync(Keys keys, string roleArn, params (string Name, string Value)[] parameters) =>
        CallAsAsync(keys, "AssumeRole", [("RoleArn", roleArn), ("RoleSessionName", "alice-session"), .. parameters]);

    /// <summary>A session of a role, from the keys given or from a new MFA session.</summary>
    internal async Task<Keys> GetRoleSessionAsync(SandboxRole role, Keys? keys = null, params (string Name, string Value)[] parameters)
    {
        (await AssumeRoleAsync(keys ?? await GetMfaSessionAsync(), role.Arn, parameters)).AssertServed();
        return Keys.Of(role.Account.Sessions[^1]);
    }

    internal async Task<Reply> CallAsAsync(Keys keys, string action, params (string Name, string Value)[] parameters)
    {
        using var request = Request(action, parameters);
        await SignerOf(keys, ServiceOf(action)).SignAsync(request, TestContext.Current.CancellationToken);
        return await SendAsync(request);
    }

    internal SigV4Signer SignerOf(Keys keys, string service = "sts", string region = "us-east-1") =>
        new(keys.AccessKeyId, keys.SecretAccessKey, keys.SessionToken, region, service, Clock);

    /// <summary>An unsigned call, as a POST of a form.</summary>
    internal HttpRequestMessage Request(string action, params (string Name, string Value)[] parameters)
    {
        IEnumerable<(string Name, string Value)> all =
            [("Action", action), ("Version", ServiceOf(action) == "sts" ? "2011-06-15" : "2010-05-08"), .. parameters];
        return new HttpRequestMessage(HttpMethod.Post, Server.Endpoint)
        {
            Content = new FormUrlEncodedContent(all.Select(p => KeyValuePair.Create(p.Name, p.Value))),
        };
    }

    internal static async Task<Reply> SendAsync(HttpRequestMessage request)
    {
        var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Reply(response, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string ServiceOf(string action) => action is "GetUser" or "ListUsers" or "ListMFADevices"
        || action.EndsWith("AccessKey", StringComparison.Ordinal) || action.EndsWith("AccessKeys", StringComparison.Ordinal)
        ? "iam"
        : "sts";
}

using MfaSts.Cli.Tests.Support;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sandbox;
using MfaSts.Stores;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>A sandbox by the real clock, and a home folder whose profile <c>prod</c> is Alice's in it.</summary>
internal sealed class TestAccount : IAsyncDisposable
{
    private int _stored;

    private TestAccount(SandboxServer server)
    {
        Server = server;
        // From the moment when a test reads a code until a program sends it, minutes may go by on a busy machine.
        server.Account.Users[0].MfaDevices[0].AcceptedDrift = 20;
        Home.Variables["AWS_ENDPOINT_URL"] = server.Endpoint.GetLeftPart(UriPartial.Authority);
        Home.Variables["AWS_REGION"] = Home.Variables["AWS_DEFAULT_REGION"] = "us-east-1";
        StoreLongTerm();
    }

    internal SandboxServer Server { get; }

    internal TestHome Home { get; } = new();

    internal string Code => Server.Account.Users[0].MfaDevices[0].CodeAt(TimeProvider.System.GetUtcNow());

    /// <summary>The code that the device shows, or, where sessions have been stored with that, one that it shows later.</summary>
    internal string NextCode => Server.Account.Users[0].MfaDevices[0].CodeAt(TimeProvider.System.GetUtcNow().AddSeconds(30 * _stored));

    internal int SessionTokenCalls => Server.Requests.Count(request => request.Action == "GetSessionToken");

    internal static async Task<TestAccount> StartAsync() =>
        new(await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Home.Dispose();
    }

    /// <summary>Writes the long-term keys, and a session that AWS takes no longer.</summary>
    internal void StoreLongTerm(string section = "prod") =>
        Home.Credentials = LongTerm() + TestHome.Session(section, TimeProvider.System.GetUtcNow().AddHours(-1));

    /// <summary>Gets a real session, and writes it with another time left than it has.</summary>
    internal async Task<SandboxSession> StoreSessionAsync(TimeSpan remaining, string section = "prod")
    {
        var gateway = new Aws.AwsGateway();
        var key = Server.Account.Users[0].AccessKeys[0];
        var call = new Sts.StsCall
        {
            Profile = "prod",
            AccessKeyId = key.AccessKeyId,
            SecretAccessKey = key.SecretAccessKey,
            Region = "us-east-1",
            EndpointUrl = Server.Endpoint,
        };
        string device = Server.Account.Users[0].MfaDevices[0].SerialNumber;
        await gateway.GetSessionTokenAsync(call, device, NextCode, TimeSpan.FromHours(1), TestContext.Current.CancellationToken);
        _stored++;
        var session = Server.Account.Sessions[^1];
        Home.Credentials = LongTerm()
            + $"[{section}]\naws_access_key_id = {session.AccessKeyId}\naws_secret_access_key = {session.SecretAccessKey}\n"
            + $"aws_session_token = {session.SessionToken}\nexpiration = "
            + $"{TestHome.Text(TimeProvider.System.GetUtcNow() + remaining)}\nmanager = mfasts\n"
            + $"mfasts_endpoint = {Server.Endpoint.AbsoluteUri}\n";
        return session;
    }

    /// <summary>Stands for another process that is asking for the code of <c>prod</c>.</summary>
    internal Sessions.AskingLease BeginAsking()
    {
        var files = AwsFiles.Locate(new EnvironmentVariables(Home.Variables.GetValueOrDefault), Home.Root);
        return new Sessions.SessionBroker(
            files,
            new EnvironmentVariables(_ => null),
            () => throw new InvalidOperationException("No call is needed."),
            TimeProvider.System,
            KeyStores.FileOnly)
            .BeginAsking("prod");
    }

    /// <summary>The command of an mfa_process that notes each run and gives the right code.</summary>
    internal string CodeCommand(string first = "")
    {
        File.WriteAllText(Home.At("code"), Code);
        return $"echo $$ >> {Home.At("runs")}; {first}cat {Home.At("code")}";
    }

    internal int CodeCommandRuns => File.Exists(Home.At("runs")) ? File.ReadAllLines(Home.At("runs")).Length : 0;

    private string LongTerm() =>
        TestHome.LongTerm("prod", Server.Account.Users[0].AccessKeys[0].AccessKeyId, Server.Account.Users[0].AccessKeys[0].SecretAccessKey);
}

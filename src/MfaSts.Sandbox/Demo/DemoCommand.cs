using MfaSts.Pwsh;

namespace MfaSts.Sandbox.Demo;

/// <summary>Performs the main job step by step for a person to see, and fails when a step does not end as it must.</summary>
internal sealed class DemoCommand
{
    private const string Profile = "prod";

    private readonly SandboxServer _server;
    private readonly TextWriter _output;
    private readonly DemoHome _home;
    private int _step;

    private DemoCommand(SandboxServer server, TextWriter output, DemoHome home)
    {
        _server = server;
        _output = output;
        _home = home;
    }

    /// <summary>Runs the demonstration.</summary>
    /// <returns>0 when everything went as promised.</returns>
    public static async Task<int> RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: cancellationToken);
        using var home = new DemoHome(server.Endpoint);
        return await new DemoCommand(server, output, home).RunAsync(cancellationToken) ? 0 : 1;
    }

    private async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var user = _server.Account.Users[0];
        var key = user.AccessKeys[0];
        var device = user.MfaDevices[0];
        IMainJob job = PinnedPwsh.Lack is { } lack ? new CoreJob(lack) : new PwshJob();
        await _output.WriteLineAsync($"An AWS account in memory answers at {_server.Endpoint}; its policy allows iam:ListUsers only with MFA.");
        await _output.WriteLineAsync(job.Introduction);

        await HeadAsync("The protected call, signed with the long-term keys");
        var call = new ProtectedCall(_server.Endpoint);
        bool isRefused = await ShowAsync(await call.SendAsync(key.AccessKeyId, key.SecretAccessKey, null, cancellationToken), mustSucceed: false);

        await HeadAsync("The keys are stored; one MFA code gets a session");
        string code = device.CodeAt(TimeProvider.System.GetUtcNow());
        await _output.WriteLineAsync($"   The device shows {code}.");
        bool isDone = await job.RunAsync(new MainJobInput(Profile, key, device.SerialNumber, code, _home), _output, cancellationToken);

        await HeadAsync($"The shared credentials file, '{_home.Files.Credentials.Path}'");
        await _output.WriteLineAsync(_home.ShowCredentials());

        await HeadAsync($"The same call, signed with what any AWS tool reads as profile '{Profile}'");
        var session = new Sessions.SessionBroker(_home.Files, _home.Variables, () => throw new InvalidOperationException("No call is needed."), TimeProvider.System)
            .FindUsable(new Sessions.SessionRequest { Profile = Profile });
        bool isAccepted = session is not null && await ShowAsync(
            await call.SendAsync(session.AccessKeyId, session.SecretAccessKey, session.SessionToken, cancellationToken), mustSucceed: true);

        bool isGood = isRefused && isDone && isAccepted;
        int asked = _server.Requests.Count(request => request.Action == "GetSessionToken");
        await _output.WriteLineAsync();
        await _output.WriteLineAsync(isGood ? $"Done: {asked} code, {asked} call of GetSessionToken." : "FAILED: a step did not end as it must.");
        return isGood;
    }

    private async Task HeadAsync(string text)
    {
        await _output.WriteLineAsync();
        await _output.WriteLineAsync($"{++_step}. {text}");
    }

    private async Task<bool> ShowAsync(ProtectedAnswer answer, bool mustSucceed)
    {
        await _output.WriteLineAsync($"   {(answer.IsAccepted ? "accepted" : "refused")}: {answer.Text}");
        return answer.IsAccepted == mustSucceed;
    }
}

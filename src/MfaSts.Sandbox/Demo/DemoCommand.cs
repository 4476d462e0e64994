using MfaSts.Pwsh;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Sandbox.Demo;

/// <summary>Performs the main job step by step for a person to see, and fails when a step does not end as it must.</summary>
internal sealed class DemoCommand
{
    private const string Profile = "prod";
    private const string RoleProfile = "admin";

    private readonly SandboxServer _server;
    private readonly TextWriter _output;
    private readonly DemoHome _home;
    private readonly ProtectedCall _call;
    private int _step;

    private DemoCommand(SandboxServer server, TextWriter output, DemoHome home)
    {
        _server = server;
        _output = output;
        _home = home;
        _call = new ProtectedCall(server.Endpoint);
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
        var input = Describe();
        IMainJob job = PinnedPwsh.Lack is { } lack ? new CoreJob(lack) : new PwshJob();
        await _output.WriteLineAsync(
            $"An AWS account in memory answers at {_server.Endpoint}; its policy allows iam:ListUsers only with MFA.");
        await _output.WriteLineAsync(job.Introduction);
        bool isGood = await IsRefusedWithoutMfaAsync(input, cancellationToken)
            && await GetSessionAsync(job, input, cancellationToken)
            && await TakeRoleAsync(job, input, cancellationToken);

        int asked = Count("GetSessionToken");
        await _output.WriteLineAsync();
        await _output.WriteLineAsync(
            isGood ? $"Done: {asked} code, {asked} call of GetSessionToken, {Count("AssumeRole")} of AssumeRole."
            : "FAILED: a step did not end as it must.");
        return isGood;
    }

    private MainJobInput Describe()
    {
        var user = _server.Account.Users[0];
        var device = user.MfaDevices[0];
        return new MainJobInput(Profile, user.AccessKeys[0], device.SerialNumber, device.CodeAt(TimeProvider.System.GetUtcNow()), _home);
    }

    private async Task<bool> IsRefusedWithoutMfaAsync(MainJobInput input, CancellationToken cancellationToken)
    {
        await HeadAsync("The protected call, signed with the long-term keys");
        var answer = await _call.SendAsync(input.Key.AccessKeyId, input.Key.SecretAccessKey, null, cancellationToken);
        return await ShowAsync(answer, mustSucceed: false);
    }

    private async Task<bool> GetSessionAsync(IMainJob job, MainJobInput input, CancellationToken cancellationToken)
    {
        await HeadAsync("The keys are stored; one MFA code gets a session");
        await _output.WriteLineAsync($"   The device shows {input.Code}.");
        bool isDone = await job.GetSessionAsync(input, _output, cancellationToken);

        await HeadAsync($"The shared credentials file, '{_home.Files.Credentials.Path}'");
        await _output.WriteLineAsync(_home.ShowCredentials());
        return await IsAcceptedAsync(Profile, cancellationToken) && isDone;
    }

    private async Task<bool> TakeRoleAsync(IMainJob job, MainJobInput input, CancellationToken cancellationToken)
    {
        await HeadAsync("A role, as AWS documents it in the config file: taken with the same session, without a code");
        string[] lines = [$"[profile {RoleProfile}]", $"role_arn = {_server.Account.Roles[0].Arn}", $"source_profile = {Profile}"];
        await _home.AddToConfigAsync(lines, cancellationToken);
        await _output.WriteLineAsync(string.Join(Environment.NewLine, lines.Select(line => "   " + line)));
        bool isDone = await job.TakeRoleAsync(input, RoleProfile, _output, cancellationToken);
        return await IsAcceptedAsync(RoleProfile, cancellationToken) && isDone && Count("GetSessionToken") == 1 && Count("AssumeRole") == 1;
    }

    private async Task<bool> IsAcceptedAsync(string profile, CancellationToken cancellationToken)
    {
        await HeadAsync($"The same call, with what is stored for profile '{profile}'");
        var broker = new SessionBroker(
            _home.Files, _home.Variables, () => throw new InvalidOperationException("No call is "
                + "needed."), TimeProvider.System, KeyStores.FileOnly);
        if (broker.FindUsable(new SessionRequest { Profile = profile }) is not { } session)
        {
            return false;
        }

        var answer = await _call.SendAsync(session.AccessKeyId, session.SecretAccessKey, session.SessionToken, cancellationToken);
        return await ShowAsync(answer, mustSucceed: true);
    }

    private int Count(string action) =>
        _server.Requests.Count(request => request.Action == action && request.Outcome == SandboxRequest.Served);

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

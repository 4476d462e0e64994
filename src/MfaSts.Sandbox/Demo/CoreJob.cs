using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.PowerShell.Loading;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Sandbox.Demo;

/// <summary>The main job on the same core and gateway, where PowerShell is not served.</summary>
/// <param name="lack">Why there is none.</param>
internal sealed class CoreJob(string lack) : IMainJob
{
    public string Introduction => lack + " The main job is done by the core that the module's cmdlets call.";

    public Task<bool> GetSessionAsync(MainJobInput input, TextWriter output, CancellationToken cancellationToken)
    {
        return RunAsync(GetAsync, input.Home, output);

        async Task<SessionResult> GetAsync(SessionBroker broker)
        {
            var change = new LongTermCredentialChange
            {
                Profile = input.Profile,
                AccessKeyId = input.Key.AccessKeyId,
                SecretAccessKey = input.Key.SecretAccessKey,
                SerialNumber = input.SerialNumber,
                Region = MainJobInput.Region,
            };
            change.Require();
            new LongTermCredentialStore(input.Home.Files).Store(change, cancellationToken);
            var plan = broker.Prepare(new SessionRequest { Profile = input.Profile });
            await WriteAsync(output, plan.Details);
            return await broker.RedeemAsync(plan, input.Code, cancellationToken);
        }
    }

    public Task<bool> TakeRoleAsync(MainJobInput input, string roleProfile, TextWriter output, CancellationToken cancellationToken)
    {
        return RunAsync(TakeAsync, input.Home, output);

        async Task<SessionResult> TakeAsync(SessionBroker broker)
        {
            var plan = broker.PrepareRole(new SessionRequest { Profile = roleProfile })!;
            await WriteAsync(output, plan.Details);
            var source = broker.FindUsable(new SessionRequest { Profile = plan.Source })!;
            return (await broker.AssumeAsync(plan, source, isEarly: false, cancellationToken))!;
        }
    }

    private static async Task<bool> RunAsync(Func<SessionBroker, Task<SessionResult>> job, DemoHome home, TextWriter output)
    {
        try
        {
            string gateway = Path.Combine(ModuleFolder.Path, "bin", "private");
            var result = await job(
                new SessionBroker(
                    home.Files, home.Variables, () => AwsLoadContext.LoadGateway(gateway), TimeProvider.System, KeyStores.FileOnly));
            await output.WriteLineAsync($"   {result.Session.AccessKeyId} lives {DurationText.Format(result.Session.Remaining)}.");
            return true;
        }
        catch (MfaException e)
        {
            await output.WriteLineAsync($"   {e.Error.Id}: {e.Error}");
            return false;
        }
    }

    private static Task WriteAsync(TextWriter output, IEnumerable<string> details) =>
        output.WriteLineAsync(string.Join(Environment.NewLine, details.Select(detail => "   " + detail)));
}

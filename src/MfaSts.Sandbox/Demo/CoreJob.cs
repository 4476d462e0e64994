using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.PowerShell.Loading;
using MfaSts.Sessions;

namespace MfaSts.Sandbox.Demo;

/// <summary>The main job on the same core and gateway, where PowerShell is not served.</summary>
/// <param name="lack">Why there is none.</param>
internal sealed class CoreJob(string lack) : IMainJob
{
    public string Introduction => lack + " The main job is done by the core that the module's cmdlets call.";

    public async Task<bool> RunAsync(MainJobInput input, TextWriter output, CancellationToken cancellationToken)
    {
        var home = input.Home;
        var change = new LongTermCredentialChange
        {
            Profile = input.Profile,
            AccessKeyId = input.Key.AccessKeyId,
            SecretAccessKey = input.Key.SecretAccessKey,
            SerialNumber = input.SerialNumber,
            Region = MainJobInput.Region,
        };
        try
        {
            change.Require();
            new LongTermCredentialStore(home.Files).Store(change, cancellationToken);
            var broker = new SessionBroker(
                home.Files, home.Variables, () => AwsLoadContext.LoadGateway(Path.Combine(ModuleFolder.Path, "bin", "private")), TimeProvider.System);
            var plan = broker.Prepare(new SessionRequest { Profile = input.Profile });
            foreach (string detail in plan.Details)
            {
                await output.WriteLineAsync("   " + detail);
            }

            var result = await broker.RedeemAsync(plan, input.Code, cancellationToken);
            await output.WriteLineAsync($"   {result.Session.AccessKeyId} lives {DurationText.Format(result.Session.Remaining)}.");
            return true;
        }
        catch (MfaException e)
        {
            await output.WriteLineAsync($"   {e.Error.Id}: {e.Error}");
            return false;
        }
    }
}

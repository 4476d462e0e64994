using System.Management.Automation;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;

namespace MfaSts.PowerShell.Commands;

/// <summary>Asks AWS whether a profile's long-term access key is accepted. No code is needed for that.</summary>
[Cmdlet(VerbsDiagnostic.Test, "MfaLongTermCredential")]
[OutputType(typeof(bool))]
public sealed class TestMfaLongTermCredentialCommand : MfaCmdlet
{
    /// <summary>The profile.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>The region whose STS is asked.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    private protected override void Process()
    {
        string profile = ProfileOrDefault(Profile);
        try
        {
            var plan = Broker.PrepareIdentity(profile, Region);
            WriteVerbose(plan.Details);
            var identity = Wait(token => Broker.IdentifyAsync(plan, token), $"Asking AWS about profile '{profile}'");
            WriteVerbose($"AWS knows the access key of profile '{profile}' as {identity.Arn}.");
            WriteObject(true);
        }
        catch (MfaException e) when (e.Error.Id == MfaErrorId.LongTermCredentialRejected)
        {
            WriteVerbose(e.Error.ToString());
            WriteObject(false);
        }
    }
}

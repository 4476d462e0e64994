using System.Management.Automation;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;

namespace MfaSts.PowerShell.Commands;

/// <summary>
/// Lists the MFA devices of the user whose long-term keys a profile has, as AWS IAM knows them. No code is needed for that.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MfaDevice")]
[OutputType(typeof(MfaDevice))]
public sealed class GetMfaDeviceCommand : MfaCmdlet
{
    /// <summary>The profile.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>A region of the AWS partition whose IAM is asked, when the profile does not tell which that is.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    private protected override void Process()
    {
        string profile = ProfileOrDefault(Profile);
        var devices = Wait(token => Devices.ListAsync(profile, Region, token), $"Asking AWS for the MFA devices of '{profile}'");
        // The view has a heading for each type.
        WriteObject(devices.OrderBy(device => device.Type), enumerateCollection: true);
    }
}

using System.Management.Automation;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Loading;
using MfaSts.PowerShell.Parameters;
using MfaSts.Sessions;
using MfaSts.SignIn;

namespace MfaSts.PowerShell.Commands;

/// <summary>Opens the AWS console in the browser, signed in with a role's session.</summary>
[Cmdlet(VerbsCommon.Open, "MfaConsole", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(string))]
public sealed class OpenMfaConsoleCommand : RoleSessionCmdlet
{
    /// <summary>The profile, of a role.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>The page: a service's name, such as s3, or an address of the console.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(DestinationCompleter))]
    public string? Destination { get; set; }

    /// <summary>Give the address instead, for a browser elsewhere. Whoever has it is signed in, for 15 minutes.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        string profile = ProfileOrDefault(Profile);
        var console = new ConsoleSignIn(Files, SessionEnvironment.AsBeforeUse(Files), Gateway.Get);
        ConsoleSignIn.Check(profile, Destination);
        console.RequireRole(Broker, RequestFor(profile, MinimumRemaining ?? SessionRequest.UsualMinimumRemaining, Force));
        if (GetSession(profile) is not { } session || !ShouldProcess($"AWS console with profile '{profile}'", "Sign in"))
        {
            return;
        }

        var address = Wait(token => console.GetAddressAsync(session, Destination, token), "Signing in to the AWS console");
        if (PassThru)
        {
            WriteObject(address.AbsoluteUri);
        }
        else
        {
            Await(token => ConsoleSignIn.OpenAsync(profile, address, token), "Waiting for the browser");
        }
    }
}

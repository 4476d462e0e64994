using System.Management.Automation;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;
using MfaSts.Profiles;

namespace MfaSts.PowerShell.Commands;

/// <summary>Lets every AWS tool get a profile's session from the program mfasts, by credential_process in the config file.</summary>
[Cmdlet(VerbsLifecycle.Register, "MfaCredentialProcess", SupportsShouldProcess = true)]
[OutputType(typeof(MfaLongTermCredential))]
public sealed class RegisterMfaCredentialProcessCommand : MfaCmdlet
{
    /// <summary>The profile.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>
    /// Move long-term keys that stand in the profile's own section, and remove another tool's session from it, without asking.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Give the profile's long-term credential, without the secret.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        string profile = ProfileOrDefault(Profile);
        if (!ShouldProcess($"[profile {profile}] in '{Files.Config.Path}'", "Set credential_process"))
        {
            return;
        }

        var store = new CredentialProcessStore(Files);
        store.Check(profile);
        string? inTheWay = store.KeysInTheWay(profile);
        bool clearSection = Force || (store.NeedsMove(profile) ? MayMove(profile) : inTheWay is not null && MayRemove(profile, inTheWay));
        string program = ProgramInstaller.Install(profile);
        WaitForFiles(token => store.Register(profile, program, clearSection, token));
        if (inTheWay is not null)
        {
            WriteWarning(
                $"[{profile}] in '{Files.Credentials.Path}' held {inTheWay}. It is removed, since AWS tools would have taken it before the "
                    + "credential_process.");
        }

        if (PassThru && LongTermCredentials.Find(profile) is { } credential)
        {
            WriteObject(LongTermCredentials.Show(credential));
        }
    }

    private bool MayRemove(string profile, string keys) => Asker.WhyNot() is null && ShouldContinue(
        $"[{profile}] in '{Files.Credentials.Path}' holds {keys}, which AWS tools would take before the credential_process. Remove it?",
        "Remove the keys in the way");

    private bool MayMove(string profile) => Asker.WhyNot() is null && ShouldContinue(
        $"[{profile}] in '{Files.Credentials.Path}' holds long-term keys, which AWS tools would use before the credential_process. "
            + $"Move them to [{profile}{ProfileName.LongTermSuffix}]?",
        "Move long-term keys");
}

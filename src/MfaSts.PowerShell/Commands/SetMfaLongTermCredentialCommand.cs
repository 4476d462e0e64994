using System.Management.Automation;
using System.Security;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;
using MfaSts.Profiles;

namespace MfaSts.PowerShell.Commands;

/// <summary>Stores a profile's long-term access key and MFA device, asking for what is missing.</summary>
[Cmdlet(VerbsCommon.Set, "MfaLongTermCredential", SupportsShouldProcess = true, DefaultParameterSetName = KeySet)]
[OutputType(typeof(MfaLongTermCredential))]
public sealed class SetMfaLongTermCredentialCommand : MfaCmdlet
{
    private const string KeySet = "Key";
    private const string CredentialSet = "Credential";

    /// <summary>The profile.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>The access key ID; asked for when it is missing.</summary>
    [Parameter(ParameterSetName = KeySet)]
    public string? AccessKeyId { get; set; }

    /// <summary>The secret access key; asked for, masked, when it is missing.</summary>
    [Parameter(ParameterSetName = KeySet)]
    public SecureString? SecretAccessKey { get; set; }

    /// <summary>Both: the ID as user name, the secret as password.</summary>
    [Parameter(ParameterSetName = CredentialSet, Mandatory = true)]
    public PSCredential? Credential { get; set; }

    /// <summary>The MFA device: an ARN, or a hardware device's serial number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? SerialNumber { get; set; }

    /// <summary>The profile's region, stored in config.</summary>
    [Parameter]
    public string? Region { get; set; }

    /// <summary>How long its sessions shall live, stored in config.</summary>
    [Parameter]
    [Alias("DurationInSeconds", "DurationSeconds")]
    [DurationTransformation]
    public TimeSpan? Duration { get; set; }

    /// <summary>Give what was stored, without the secret.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override void Process()
    {
        string profile = ProfileOrDefault(Profile);
        var stored = FindStored(profile);
        var change = Complete(profile, stored);
        change.Require();
        if (!ShouldProcess(string.Join(" and ", Places(change)), string.Join(" and ", Contents(change))))
        {
            return;
        }

        LongTermCredentials.Store(change, StopToken);
        Warn();
        if (PassThru && LongTermCredentials.Find(profile) is { } now)
        {
            WriteObject(LongTermCredentials.Show(now));
        }
    }

    // What stands there may be a session by mistake, and storing keys is how that is mended.
    private LongTermCredential? FindStored(string profile)
    {
        try
        {
            return LongTermCredentials.Find(profile);
        }
        catch (MfaException e) when (e.Error.Id == MfaErrorId.AccessKeyMalformed)
        {
            return null;
        }
    }

    private static IEnumerable<string> Contents(LongTermCredentialChange change)
    {
        if (change.AccessKeyId is not null)
        {
            yield return $"Store long-term access key {change.AccessKeyId}";
        }

        if (change.SerialNumber is not null)
        {
            yield return $"Store MFA device {change.SerialNumber}";
        }

        if (change.Region is not null || change.Duration is not null)
        {
            yield return "Store settings of the profile";
        }
    }

    private IEnumerable<string> Places(LongTermCredentialChange change)
    {
        if (change.AccessKeyId is not null || change.SerialNumber is not null)
        {
            yield return $"[{change.Profile}{ProfileName.LongTermSuffix}] in '{Files.Credentials.Path}'";
        }

        if (change.Region is not null || change.Duration is not null)
        {
            yield return $"[{(change.Profile == "default" ? change.Profile : "profile " + change.Profile)}] in '{Files.Config.Path}'";
        }
    }

    private LongTermCredentialChange Complete(string profile, LongTermCredential? stored)
    {
        bool isKeyGiven = AccessKeyId is not null || SecretAccessKey is not null || Credential is not null;
        bool isOnlySettings = stored is not null && !isKeyGiven && (SerialNumber is not null || Region is not null || Duration is not null);
        if (isOnlySettings)
        {
            return Change(profile, null, null, SerialNumber);
        }

        string id = Credential?.UserName ?? AccessKeyId ?? Asker.Ask(profile, "The access key ID", $"AWS access key ID for profile '{profile}'").Trim();
        AccessKey.RequireId(profile, id);
        string secret = (Credential?.Password ?? SecretAccessKey) is { } given
            ? Asker.Reveal(given)
            : Asker.AskSecret(profile, "The secret access key", $"AWS secret access key for {id}").Trim();
        AccessKey.Require(profile, id, secret);
        return Change(profile, id, secret, SerialNumber ?? AskForDevice(profile, stored));
    }

    // Not asked for in a script: the device may come by another way, and Get-MfaSessionToken names what is missing.
    private string? AskForDevice(string profile, LongTermCredential? stored)
    {
        bool isKnown = stored?.SerialNumber is not null || MfaProfileHasDevice(profile);
        if (isKnown || Asker.WhyNot() is not null)
        {
            return null;
        }

        string answer = Asker.Ask(profile, "The MFA device", $"MFA device ARN for profile '{profile}' (Enter to leave it out)").Trim();
        return answer.Length == 0 ? null : DeviceArn.Require(profile, answer);
    }

    private bool MfaProfileHasDevice(string profile) => LongTermCredentials.FindSerialNumber(profile) is not null;

    private LongTermCredentialChange Change(string profile, string? id, string? secret, string? serial) => new()
    {
        Profile = profile,
        AccessKeyId = id,
        SecretAccessKey = secret,
        SerialNumber = serial,
        Region = Region,
        Duration = Duration,
    };

    private void Warn()
    {
        var file = Files.Credentials;
        if (file.IsOpenToOthers)
        {
            WarnOnce(MfaErrors.OpenToOthers(file.Path));
        }

        foreach (string warning in Files.Warnings())
        {
            WarnOnce(warning);
        }
    }
}

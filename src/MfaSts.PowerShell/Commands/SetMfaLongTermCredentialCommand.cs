using System.Management.Automation;
using System.Security;
using MfaSts.Credentials;
using MfaSts.Devices;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;

namespace MfaSts.PowerShell.Commands;

/// <summary>
/// Stores a profile's long-term access key and MFA device, asking for what is missing. The keys may come from the CSV files of the AWS
/// console.
/// </summary>
[Cmdlet(VerbsCommon.Set, "MfaLongTermCredential", SupportsShouldProcess = true, DefaultParameterSetName = KeySet)]
[OutputType(typeof(MfaLongTermCredential))]
public sealed partial class SetMfaLongTermCredentialCommand : LongTermCredentialCmdlet
{
    private const string KeySet = "Key";
    private const string CredentialSet = "Credential";
    private const string CsvSet = "Csv";

    private readonly PipedAccessKeys _piped = new();
    private readonly List<(string Profile, MfaDevice Device)> _devices = [];

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

    /// <summary>
    /// The CSV file that the AWS console gave. Of several rows each goes to the profile in its column Profile, else to one named like the
    /// user.
    /// </summary>
    [Parameter(ParameterSetName = CsvSet, Mandatory = true)]
    public string? CsvPath { get; set; }

    /// <summary>Delete the CSV file when its keys are stored, without asking.</summary>
    [Parameter(ParameterSetName = CsvSet)]
    public SwitchParameter RemoveCsv { get; set; }

    /// <summary>A row of such a file, from Import-Csv; or a device, from Get-MfaDevice.</summary>
    /// <remarks>In every set, not mandatory, of a type that takes all: so nothing that is piped is ever refused by the engine.</remarks>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The MFA device: an ARN, or a hardware device's serial number.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SerialNumberCompleter))]
    public string? SerialNumber { get; set; }

    /// <summary>The profile's region, stored in config.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>How long its sessions shall live, stored in config.</summary>
    [Parameter]
    [Alias("DurationInSeconds", "DurationSeconds")]
    [DurationTransformation]
    [ArgumentCompleter(typeof(DurationCompleter))]
    public TimeSpan? Duration { get; set; }

    private bool IsKeyGiven => AccessKeyId is not null || SecretAccessKey is not null || Credential is not null;

    private protected override void Process()
    {
        if (InputObject?.BaseObject is MfaDevice device)
        {
            _devices.Add((ProfileOrDefault(Profile), device));
        }
        else if (MyInvocation.ExpectingInput || InputObject is not null)
        {
            _piped.Add(InputObject, IsKeyGiven || CsvPath is not null);
        }
        else if (CsvPath is not null)
        {
            StoreFile(new AccessKeyFiles(SessionState.Path).Read(CsvPath));
        }
        else if (IsBare && Asker.WhyNot() is null)
        {
            Guide();
        }
        else
        {
            string profile = ProfileOrDefault(Profile);
            Keep(Complete(profile, LongTermCredentials.FindReplaceable(profile)));
        }
    }

    // Only now is it known whether a row, or a device, was a single one.
    private protected override void Finish()
    {
        foreach (var group in _devices.GroupBy(piped => piped.Profile, piped => piped.Device))
        {
            Keep(Change(group.Key, null, null, DeviceFinder.RequireOne([.. group]).SerialNumber));
        }

        foreach ((string profile, var row) in Assign(_piped.Rows, _piped.Count))
        {
            try
            {
                Keep(OfRow(profile, row, AccessKeyAssignment.DeviceOf(profile, SerialNumber, _piped.Count)));
            }
            catch (MfaException e)
            {
                Report(e);
            }
        }
    }

    private void StoreFile(AccessKeyCsv csv)
    {
        var changes = Assign(csv.Rows, csv.Rows.Count)
            .Select(pair => OfRow(pair.Profile, pair.Row, AccessKeyAssignment.DeviceOf(pair.Profile, SerialNumber, csv.Rows.Count)))
            .ToList();
        if (changes is [{ SerialNumber: null, Profile: var profile }])
        {
            changes = [OfRow(profile, csv.Rows[0], AskForDevice(profile, LongTermCredentials.FindReplaceable(profile)))];
        }

        StoreAll(csv, changes, RemoveCsv);
    }

    private IReadOnlyList<(string Profile, AccessKeyRow Row)> Assign(IReadOnlyList<AccessKeyRow> rows, int count) =>
        AccessKeyAssignment.Of(rows, count, Profile, () => ProfileOrDefault(profile: null));

    private LongTermCredentialChange OfRow(string profile, AccessKeyRow row, string? serial)
    {
        AccessKey.Require(profile, row.AccessKeyId, row.SecretAccessKey);
        return Change(profile, row.AccessKeyId, row.SecretAccessKey, serial);
    }

    private LongTermCredentialChange Complete(string profile, LongTermCredential? stored)
    {
        bool isOnlySettings = stored is not null && !IsKeyGiven && (SerialNumber is not null || Region is not null || Duration is not null);
        if (isOnlySettings)
        {
            return Change(profile, null, null, SerialNumber);
        }

        var (id, secret) = Keys(profile);
        return Change(profile, id, secret, SerialNumber ?? AskForDevice(profile, stored));
    }

    private (string Id, string Secret) Keys(string profile)
    {
        // Nobody shall type keys for what cannot be stored.
        LongTermCredentials.Check(Change(profile, id: null, secret: null, SerialNumber));
        string id = Credential?.UserName ?? AccessKeyId
            ?? Asker.Ask(profile, "The access key ID", $"AWS access key ID for profile '{profile}'").Trim();
        AccessKey.RequireId(profile, id);
        string secret = (Credential?.Password ?? SecretAccessKey) is { } given
            ? Asker.Reveal(given)
            : Asker.AskSecret(profile, "The secret access key", $"AWS secret access key for {id}").Trim();
        AccessKey.Require(profile, id, secret);
        return (id, secret);
    }

    private LongTermCredentialChange Change(string profile, string? id, string? secret, string? serial) => new()
    {
        Profile = profile,
        AccessKeyId = id,
        SecretAccessKey = secret,
        Store = Store,
        SerialNumber = serial,
        Region = Region,
        Duration = Duration,
    };
}

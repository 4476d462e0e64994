using System.Management.Automation;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;
using MfaSts.Stores;

namespace MfaSts.PowerShell.Commands;

/// <summary>
/// Moves long-term access keys and MFA devices from wherever an older tool keeps them to where MfaSts does; or takes them from the CSV
/// files of the AWS console.
/// </summary>
[Cmdlet(VerbsData.Import, "MfaLongTermCredential", SupportsShouldProcess = true, DefaultParameterSetName = LayoutSet)]
[OutputType(typeof(MfaLongTermCredential))]
public sealed class ImportMfaLongTermCredentialCommand : LongTermCredentialCmdlet
{
    private const string LayoutSet = "Layout";
    private const string CsvSet = "Csv";

    private readonly HashSet<string> _served = [];

    /// <summary>The profiles; wildcards are allowed. Of a CSV file with one row, the profile it is for.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ProfileName")]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[]? Profile { get; set; }

    /// <summary>
    /// The CSV file that the AWS console gave. Of several rows each goes to the profile in its column Profile, else to one named like the
    /// user.
    /// </summary>
    [Parameter(ParameterSetName = CsvSet, Mandatory = true)]
    public string? CsvPath { get; set; }

    /// <summary>Delete the CSV file when its keys are stored, without asking.</summary>
    [Parameter(ParameterSetName = CsvSet)]
    public SwitchParameter RemoveCsv { get; set; }

    private protected override bool IsOneOfSeveral =>
        base.IsOneOfSeveral || Profile is { Length: > 1 } || Profile?.Any(WildcardPattern.ContainsWildcardCharacters) == true;

    private protected override void Process()
    {
        if (CsvPath is not null)
        {
            ImportFile(new AccessKeyFiles(SessionState.Path).Read(CsvPath));
            return;
        }

        foreach (string profile in Named().Where(_served.Add))
        {
            try
            {
                Import(profile);
            }
            catch (MfaException e)
            {
                Report(e);
            }
        }
    }

    private void ImportFile(AccessKeyCsv csv)
    {
        string? profile = Profile is null ? null : string.Join(", ", Profile);
        var assigned = AccessKeyAssignment.Of(csv.Rows, csv.Rows.Count, profile, () => ProfileOrDefault(profile: null));
        StoreAll(
            csv,
            [.. assigned.Select(pair => new LongTermCredentialChange
            {
                Profile = pair.Profile,
                AccessKeyId = pair.Row.AccessKeyId,
                SecretAccessKey = pair.Row.SecretAccessKey,
                Store = Store,
            })],
            RemoveCsv);
    }

    private IEnumerable<string> Named()
    {
        if (Profile is null)
        {
            return [ProfileOrDefault(null)];
        }

        // What a key_process gives cannot be moved, and is nobody's to name by a wildcard.
        List<string> known =
            [.. LongTermCredentials.List().Where(credential => credential.Store != KeyStoreName.KeyProcess).Select(
                credential => credential.Profile).Distinct()];
        return Profile.SelectMany(pattern => WildcardPattern.ContainsWildcardCharacters(pattern)
            ? known.Where(WildcardPattern.Get(pattern, WildcardOptions.IgnoreCase).IsMatch)
            : [pattern]);
    }

    private void Import(string profile)
    {
        var importer = new LongTermCredentialImporter(Files, Stores);
        string store = importer.StoreFor(profile, Store);
        var found = importer.Find(profile, store);
        if (found.Count == 0)
        {
            WriteVerbose($"The long-term access key of profile '{profile}' is already in the right place.");
            if (Store is not null && store != KeyStoreName.System
                && ShouldProcess($"the store {KeyStoreName.System}", $"Remove what a stopped move of profile '{profile}' may have left"))
            {
                Wait(token => Sweep(importer, profile, token), "Looking into the system's key store");
            }
        }

        bool isDone = found.Count == 0;
        foreach (var credential in found)
        {
            var words = new MoveWords(credential, store, Files);
            if (!ShouldProcess(words.From, $"Move long-term access key {credential.AccessKeyId} to {words.To}"))
            {
                continue;
            }

            var warnings = Wait(token => importer.ImportAsync(credential, store, token), $"Moving the access key of '{profile}'");
            foreach (string warning in warnings)
            {
                WriteWarning(warning);
            }

            isDone = true;
        }

        if (isDone && PassThru && LongTermCredentials.Find(profile) is { } now)
        {
            WriteObject(LongTermCredentials.Show(now));
        }
    }

    private static async Task<bool> Sweep(LongTermCredentialImporter importer, string profile, CancellationToken cancellationToken)
    {
        await importer.SweepAsync(profile, cancellationToken).ConfigureAwait(false);
        return true;
    }
}

using System.CommandLine;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Stores;

namespace MfaSts.Cli.Commands;

/// <summary>Moves long-term access keys from wherever an older tool keeps them to where MfaSts does.</summary>
internal sealed class ImportCommand : DescribedCommand
{
    public ImportCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("import", "[profile]", "Move long-term access keys from another tool's place to [profile-long-term], or store the keys of a "
            + "CSV file.",
            "mfasts import prod",
            "mfasts import --all --dry-run",
            "mfasts import prod --store System",
            "mfasts import prod --csv accessKeys.csv --remove-csv")
    {
        var profile = Parts.Profile(host);
        var all = new Option<bool>("--all") { Description = "Move the keys of every profile." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what would be moved, and write nothing." };
        Add(profile);
        Add(all);
        var store = Parts.Store();
        var csv = new Option<string?>("--csv") { Description = "Store the keys of a CSV file from the AWS console instead." };
        var removeCsv = new Option<bool>("--remove-csv") { Description = "Delete the CSV file after its keys are stored." };
        Add(dryRun);
        Add(store);
        Add(csv);
        Add(removeCsv);
        Validators.Add(result =>
        {
            if (result.GetValue(all) && (result.GetValue(profile) ?? result.GetValue(csv)) is not null)
            {
                result.AddError("--all cannot be used with a profile or --csv.");
            }

            if (result.GetValue(dryRun) && result.GetValue(csv) is not null)
            {
                result.AddError("--dry-run cannot be used with --csv.");
            }

            if (result.GetValue(removeCsv) && result.GetValue(csv) is null)
            {
                result.AddError("--remove-csv needs --csv.");
            }
        });
        SetAction(async (parsed, cancellationToken) =>
        {
            var said = messages(parsed);
            if (parsed.GetValue(csv) is { } path)
            {
                await new LongTermSetup(host, said) { Profile = parsed.GetValue(profile), Store = parsed.GetValue(store) }
                    .FromCsvAsync(path, parsed.GetValue(removeCsv), cancellationToken).ConfigureAwait(false);
                return ExitCodes.Success;
            }

            string[] profiles = parsed.GetValue(all)
                ? [.. new LongTermCredentialStore(host.Files).List().Where(
                    credential => credential.Store != KeyStoreName.KeyProcess).Select(credential => credential.Profile).Distinct()]
                : [new SessionSource(host, said).ProfileOrDefault(parsed.GetValue(profile))];
            if (profiles.Length == 0)
            {
                said.Say("No long-term access key was found.");
            }

            int exitCode = ExitCodes.Success;
            foreach (string name in profiles)
            {
                // One that cannot be moved must not keep the others from it.
                int result =
                    await TryImportAsync(host, said, name, parsed.GetValue(store), parsed.GetValue(dryRun), cancellationToken)
                        .ConfigureAwait(false);
                exitCode = exitCode == ExitCodes.Success ? result : exitCode;
            }

            return exitCode;
        });
    }

    private static async Task<int> TryImportAsync(
        CliHost host, Messages said, string profile, string? store, bool isDryRun, CancellationToken cancellationToken)
    {
        try
        {
            await ImportAsync(host, said, profile, store, isDryRun, cancellationToken).ConfigureAwait(false);
            return ExitCodes.Success;
        }
        catch (MfaException e)
        {
            said.Fail(e.Error);
            return ExitCodes.Of(e.Error.Id);
        }
    }

    private static async Task ImportAsync(
        CliHost host, Messages said, string profile, string? given, bool isDryRun, CancellationToken cancellationToken)
    {
        var importer = new LongTermCredentialImporter(host.Files, host.Stores);
        string store = importer.StoreFor(profile, given);
        var found = importer.Find(profile, store);
        if (found.Count == 0)
        {
            said.Say($"The long-term access key of profile '{profile}' is already in the right place.");
            if (given is not null && store != KeyStoreName.System && !isDryRun)
            {
                await importer.SweepAsync(profile, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (var credential in found)
        {
            var words = new MoveWords(credential, store, host.Files);
            string move = $"{credential.AccessKeyId} from {words.From} to {words.To}";
            if (isDryRun)
            {
                said.Say($"Would move {move}.");
                continue;
            }

            var warnings = await importer.ImportAsync(credential, store, cancellationToken).ConfigureAwait(false);
            said.Say($"Moved {move}.");
            foreach (string warning in warnings)
            {
                said.Warn(warning);
            }
        }
    }
}

using System.CommandLine;
using MfaSts.Credentials;
using MfaSts.Errors;

namespace MfaSts.Cli.Commands;

/// <summary>Moves long-term access keys from wherever an older tool keeps them to where MfaSts does.</summary>
internal sealed class ImportCommand : DescribedCommand
{
    public ImportCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("import", "[profile]", "Move long-term access keys from an older tool's place to [profile-long-term], or take a CSV file's.",
            "mfasts import prod",
            "mfasts import --all --dry-run",
            "mfasts import prod --csv accessKeys.csv --remove-csv")
    {
        var profile = Parts.Profile(host);
        var all = new Option<bool>("--all") { Description = "Every profile that has some." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be moved, and write nothing." };
        Add(profile);
        Add(all);
        var csv = new Option<string?>("--csv") { Description = "Take the keys from a CSV file of the AWS console instead." };
        var removeCsv = new Option<bool>("--remove-csv") { Description = "Delete the CSV file when its keys are stored." };
        Add(dryRun);
        Add(csv);
        Add(removeCsv);
        Validators.Add(result =>
        {
            if (result.GetValue(all) && (result.GetValue(profile) ?? result.GetValue(csv)) is not null)
            {
                result.AddError("--all goes with neither a profile nor --csv.");
            }

            if (result.GetValue(dryRun) && result.GetValue(csv) is not null)
            {
                result.AddError("--dry-run does not go with --csv.");
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
                await new LongTermSetup(host, said) { Profile = parsed.GetValue(profile) }
                    .FromCsvAsync(path, parsed.GetValue(removeCsv), cancellationToken).ConfigureAwait(false);
                return ExitCodes.Success;
            }

            string[] profiles = parsed.GetValue(all)
                ? [.. new LongTermCredentialStore(host.Files).List().Select(credential => credential.Profile).Distinct()]
                : [new SessionSource(host, said).ProfileOrDefault(parsed.GetValue(profile))];
            if (profiles.Length == 0)
            {
                said.Say("No long-term access key is stored in any place that is known.");
            }

            int exitCode = ExitCodes.Success;
            foreach (string name in profiles)
            {
                // One that cannot be moved must not keep the others from it.
                int result = TryImport(host, said, name, parsed.GetValue(dryRun), cancellationToken);
                exitCode = exitCode == ExitCodes.Success ? result : exitCode;
            }

            return exitCode;
        });
    }

    private static int TryImport(CliHost host, Messages said, string profile, bool isDryRun, CancellationToken cancellationToken)
    {
        try
        {
            Import(host, said, profile, isDryRun, cancellationToken);
            return ExitCodes.Success;
        }
        catch (MfaException e)
        {
            said.Fail(e.Error);
            return ExitCodes.Of(e.Error.Id);
        }
    }

    private static void Import(CliHost host, Messages said, string profile, bool isDryRun, CancellationToken cancellationToken)
    {
        var importer = new LongTermCredentialImporter(host.Files);
        var found = importer.Find(profile);
        if (found.Count == 0)
        {
            said.Say($"The long-term access key of profile '{profile}' is where it belongs.");
        }

        foreach (var credential in found)
        {
            string move = $"{credential.AccessKeyId} from [{credential.Section}] in '{credential.Path}' to [{profile}-long-term] in '{host.Files.Credentials.Path}'";
            if (isDryRun)
            {
                said.Say($"Would move {move}.");
                continue;
            }

            var closed = importer.Import(credential, cancellationToken);
            said.Say($"Moved {move}.");
            foreach (string path in closed)
            {
                said.Warn(MfaErrors.ClosedToOthers(path));
            }
        }
    }
}

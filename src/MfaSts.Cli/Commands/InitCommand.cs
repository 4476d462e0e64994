using System.CommandLine;

namespace MfaSts.Cli.Commands;

/// <summary>Stores a profile's long-term access key, once AWS has said whose it is.</summary>
internal sealed class InitCommand : DescribedCommand
{
    public InitCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("init", "[profile]", "Store a profile's long-term access key and MFA device, if AWS accepts the key.",
            "mfasts init prod",
            "mfasts init prod --serial-number arn:aws:iam::123456789012:mfa/alice --region eu-west-1",
            "mfasts init prod --store System",
            "mfasts init prod --csv ~/Downloads/accessKeys.csv --remove-csv")
    {
        var profile = Parts.Profile(host);
        var serialNumber = Parts.SerialNumber();
        var region = new Option<string?>("--region") { Description = "The profile's region, stored in config." };
        var duration = Parts.Duration();
        var store = Parts.Store();
        var csv = new Option<string?>("--csv") { Description = "The CSV file from the AWS console, instead of questions." };
        var removeCsv = new Option<bool>("--remove-csv") { Description = "Delete the CSV file after its keys are stored." };
        var noCheck = new Option<bool>("--no-check") { Description = "Do not check the key with AWS: for a machine without a network." };
        var force = new Option<bool>("--force") { Description = "Replace another long-term key of the profile." };
        Add(profile);
        Add(serialNumber);
        Add(region);
        Add(duration);
        Add(store);
        Add(csv);
        Add(removeCsv);
        Add(noCheck);
        Add(force);
        Validators.Add(result =>
        {
            if (result.GetValue(removeCsv) && result.GetValue(csv) is null)
            {
                result.AddError("--remove-csv needs --csv.");
            }
        });
        SetAction(async (parsed, cancellationToken) =>
        {
            var setup = new LongTermSetup(host, messages(parsed))
            {
                Profile = parsed.GetValue(profile),
                SerialNumber = parsed.GetValue(serialNumber),
                Region = parsed.GetValue(region),
                Duration = parsed.GetValue(duration),
                Store = parsed.GetValue(store),
                IsChecked = !parsed.GetValue(noCheck),
                IsForced = parsed.GetValue(force),
            };
            if (parsed.GetValue(csv) is { } path)
            {
                await setup.FromCsvAsync(Path.GetFullPath(path), parsed.GetValue(removeCsv), cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await setup.FromTerminalAsync(cancellationToken).ConfigureAwait(false);
            }

            return ExitCodes.Success;
        });
    }
}

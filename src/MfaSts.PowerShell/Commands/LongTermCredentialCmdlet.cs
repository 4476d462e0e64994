using System.Management.Automation;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Parameters;

namespace MfaSts.PowerShell.Commands;

/// <summary>Stores long-term keys: what the cmdlets that do so share, wherever the keys come from.</summary>
public abstract class LongTermCredentialCmdlet : MfaCmdlet
{
    /// <summary>
    /// Where the secret access key is kept: File, System or Vault:name. Where the profile's is now, unless said otherwise.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(KeyStoreCompleter))]
    public string? Store { get; set; }

    /// <summary>Give what was stored, without the secret.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Stores a change when the user lets it.</summary>
    /// <returns>False under -WhatIf, or when the user said no.</returns>
    private protected bool Keep(LongTermCredentialChange change)
    {
        change.Require();
        var words = new ChangeWords(change, Keeper.StoreFor(change), Files);
        if (!ShouldProcess(words.Places, words.Contents))
        {
            return false;
        }

        foreach (string warning in Wait(token => Keeper.StoreAsync(change, token), $"Storing the access key of '{change.Profile}'"))
        {
            WriteWarning(warning);
        }

        WarnOnce(Doctor.ExamineFiles());

        if (PassThru && LongTermCredentials.Find(change.Profile) is { } now)
        {
            WriteObject(LongTermCredentials.Show(now));
        }

        return true;
    }

    /// <summary>Stores what a CSV file holds, and sees to it that the file does not stay behind unnoticed.</summary>
    /// <param name="csv">The file.</param>
    /// <param name="changes">One for each of its rows.</param>
    /// <param name="isRemovalWanted">Delete the file without asking.</param>
    private protected void StoreAll(AccessKeyCsv csv, IReadOnlyList<LongTermCredentialChange> changes, bool isRemovalWanted)
    {
        // Not one key of a file that has a row which cannot be stored.
        foreach (var change in changes)
        {
            LongTermCredentials.Check(change);
        }

        int stored = changes.Count(Keep);
        if (stored == 0)
        {
            return;
        }

        // Read anew: the only copy of a secret must not be deleted for what another program has just undone.
        if (stored < changes.Count || !changes.All(LongTermCredentials.Holds) || !MayDelete(csv, isRemovalWanted))
        {
            WriteWarning(MfaErrors.CsvHoldsSecret(csv.Path));
            return;
        }

        csv.Delete();
        WriteVerbose($"'{csv.Path}' is deleted.");
    }

    /// <summary>
    /// Asks for an MFA device that is not known. Not in a script: the device may come by another way, and Get-MfaSessionToken names what is
    /// missing.
    /// </summary>
    /// <returns>Null when there is nothing to store.</returns>
    private protected string? AskForDevice(string profile, LongTermCredential? stored)
    {
        bool isKnown = stored?.SerialNumber is not null || LongTermCredentials.FindSerialNumber(profile) is not null;
        if (isKnown || Asker.WhyNot() is not null)
        {
            return null;
        }

        string answer = Asker.Ask(profile, "The MFA device", $"MFA device ARN for profile '{profile}' (Enter to skip)").Trim();
        return answer.Length == 0 ? null : DeviceArn.Require(profile, answer);
    }

    private bool MayDelete(AccessKeyCsv csv, bool isRemovalWanted)
    {
        if (isRemovalWanted)
        {
            return ShouldProcess($"'{csv.Path}'", "Delete the CSV file");
        }

        // Yes is what Enter means, unless the file holds what is kept nowhere else.
        string more = csv.HoldsPassword ? ", and a console password that is kept nowhere else" : string.Empty;
        return Asker.WhyNot() is null && Asker.AskWhether(
            "Delete the CSV file", $"The keys are stored. '{csv.Path}' still holds the secret access key{more}. Delete the "
                + "file?", isYesUsual: !csv.HoldsPassword);
    }
}

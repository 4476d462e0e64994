using MfaSts.Credentials;
using MfaSts.Profiles;

namespace MfaSts.Findings;

/// <summary>Takes <c>mfa_serial</c> out of a profile, and keeps the device where it disturbs no AWS tool.</summary>
/// <param name="examination">The files.</param>
/// <param name="from">The profile that has it.</param>
/// <param name="owner">The profile whose long-term keys the device belongs to.</param>
internal sealed class DeviceMove(Examination examination, MfaProfile from, MfaProfile owner)
{
    private const string Key = "mfa_serial";

    /// <summary>The device that MfaSts knows for the keys, or null.</summary>
    public string? Known { get; } = LongTermCredentialStore.SerialNumberOf(examination.Documents, owner.Name)
        ?? (owner.Name == from.Name ? null : owner.Setting(Key));

    /// <summary>MfaSts has the owner's long-term keys, so that the device belongs beside them.</summary>
    public bool HasKeys { get; } =
        examination.LongTerm.FindAll(examination.Documents, owner.Name).Count > 0 || owner.KeyProcess is not null;

    /// <summary>How it is done; null when a person must decide: another device is known, or [DEFAULT] gives this one to all.</summary>
    public FindingRepair? Repair()
    {
        string serial = from.Setting(Key)!;
        FoundSetting[] lines = [.. examination.Settings(from, Key)];
        if (lines.Length == 0 || !HasKeys || !DeviceArn.IsDevice(serial) || (Known is not null && Known != serial))
        {
            return null;
        }

        string store = Known is not null ? string.Empty : $"Keep the MFA device in [{owner.Name}{ProfileName.LongTermSuffix}], and ";
        string remove = $"{(store.Length == 0 ? "Remove" : "remove")} mfa_serial from [{lines[0].Section.Name}]";
        return new FindingRepair(store + remove, cancellationToken => Run(serial, lines, cancellationToken));
    }

    // The device first: whatever stops this, it is known in one place or in two.
    private void Run(string serial, FoundSetting[] lines, CancellationToken cancellationToken)
    {
        if (Known is null)
        {
            examination.LongTerm.Store(new LongTermCredentialChange { Profile = owner.Name, SerialNumber = serial }, cancellationToken);
        }

        foreach (var line in lines)
        {
            line.Change(null, cancellationToken);
        }
    }
}

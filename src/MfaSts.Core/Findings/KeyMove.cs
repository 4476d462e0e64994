using MfaSts.Credentials;
using MfaSts.Profiles;
using MfaSts.Stores;

namespace MfaSts.Findings;

/// <summary>Moves a profile's long-term keys to <c>[p-long-term]</c>, where they hide nothing.</summary>
/// <param name="examination">The files.</param>
/// <param name="profile">The profile.</param>
internal sealed class KeyMove(Examination examination, string profile)
{
    /// <summary>How it is done; null when a person must say which of several keys is the right one.</summary>
    public FindingRepair? Repair() =>
        examination.LongTerm.FindAll(examination.Documents, profile) is [var only]
            ? new FindingRepair(
                $"Move the access key {only.AccessKeyId} to [{profile}{ProfileName.LongTermSuffix}] in "
                    + $"'{examination.Files.Credentials.Path}'",
                cancellationToken => Run(only, cancellationToken))
            : null;

    private void Run(LongTermCredential found, CancellationToken cancellationToken)
    {
        bool isThere = examination.LongTerm.FindAll(profile).Any(
            now => (now.AccessKeyId, now.Section, now.Path) == (found.AccessKeyId, found.Section, found.Path));
        if (isThere)
        {
            new LongTermCredentialImporter(examination.Files, KeyStores.FileOnly).MoveKeys(found, cancellationToken);
        }
    }
}

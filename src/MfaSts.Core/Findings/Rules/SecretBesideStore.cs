using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Stores;

namespace MfaSts.Findings.Rules;

/// <summary>A section that names another store for its secret, and holds a secret all the same.</summary>
internal sealed class SecretBesideStore : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        foreach (var section in examination.CredentialSections())
        {
            if (CredentialKeys.HasPair(section) && CredentialKeys.NotEmpty(section, CredentialKeys.Store) is { } store
                && store != KeyStoreName.File)
            {
                string profile = examination.OwnerOf(section);
                yield return new MfaProfileFinding(
                    MfaFindingId.SecretBesideStore,
                    profile,
                    Examination.PlaceOf(examination.Files.Credentials, section, CredentialKeys.SecretAccessKey),
                    new FindingWords(
                        $"[{section.Name}] has {CredentialKeys.Store} = {store}, and a secret access key.",
                        "It is used, though another tool has written it there, in clear.",
                        $"Move it to the store with: Import-MfaLongTermCredential -Profile {PowerShellText.Quote(profile)} -Store "
                            + PowerShellText.Quote(store)));
            }
        }
    }
}

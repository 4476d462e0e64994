using System.Globalization;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Findings.Rules;

/// <summary>
/// <c>aws configure</c> puts long-term keys over a session's and leaves its token beside them. AWS tools send all three.
/// </summary>
internal sealed class StaleSessionToken : IFindingRule
{
    private static readonly string[] Leftovers =
        [CredentialKeys.SessionToken, CredentialKeys.SecurityToken, CredentialKeys.Expiration];

    public IEnumerable<MfaProfileFinding> Find(Examination examination) =>
    [
        .. examination.CredentialSections().Where(CredentialKeys.IsLongTermWithLeftovers)
            .Select(section => Of(examination, examination.Files.Credentials, section, examination.OwnerOf(section))),
        .. examination.Names.Select(name => (name, Section: examination.Documents.Config.FindProfile(name)))
            .Where(pair => pair.Section is not null && CredentialKeys.IsLongTermWithLeftovers(pair.Section))
            .Select(pair => Of(examination, examination.Files.Config, pair.Section!, pair.name)),
    ];

    private static MfaProfileFinding Of(Examination examination, SharedFile file, IniSection section, string profile)
    {
        IniKey[] keys = [.. Leftovers.Select(section.FindKey).OfType<IniKey>().Where(key => key.Value.Length > 0)];
        string lines = string.Join(
            ", ", keys.Select(key => string.Create(CultureInfo.InvariantCulture, $"{key.Name} (line {key.Line.Number})")));
        string? id = section[CredentialKeys.AccessKeyId];
        var repair = keys.Length == 0 ? null : new FindingRepair(
            $"Remove what the older session left in [{section.Name}]: {lines}",
            token => file.Update(document => SessionStore.RemoveMarks(document, section.Name, id), token));
        return new MfaProfileFinding(
            MfaFindingId.StaleSessionToken,
            profile,
            Examination.PlaceOf(file, section, Leftovers),
            new FindingWords(
                $"[{section.Name}] has the ID of a long-term key, and from an older session: {lines}.",
                "Every AWS tool sends the old token with the key, and AWS refuses both.",
                repair is null
                    ? "Remove those lines."
                    : $"Repair it with: Repair-MfaProfile -Profile {PowerShellText.Quote(profile)}"),
            repair);
    }
}

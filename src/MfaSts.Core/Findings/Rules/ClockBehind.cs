using System.Globalization;
using MfaSts.Files;
using MfaSts.Sessions;

namespace MfaSts.Findings.Rules;

/// <summary>
/// AWS refuses what is signed more than 5 minutes away from its own time (IAM user guide, "Signature Version 4"). How far a clock is off
/// only AWS can tell, and every call to it does; but that it is behind shows in the files: one that was written in the future, or a
/// session that lives longer than any.
/// </summary>
internal sealed class ClockBehind : IFindingRule
{
    private static readonly TimeSpan Tolerated = TimeSpan.FromMinutes(5);

    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        var now = examination.Clock.GetUtcNow();
        foreach (var file in (SharedFile[])[examination.Files.Credentials, examination.Files.Config])
        {
            if (file.ChangedAt > now.UtcDateTime + Tolerated)
            {
                yield return Of(
                    profile: null, FindingPlace.In(file), "The file was changed at", file.ChangedAt,
                    "which is in the future for this machine");
            }
        }

        var longest = SessionDuration.Most;
        foreach (var session in examination.Sections.All.Where(session => session.IsOurs && session.Expiration > now + longest + Tolerated))
        {
            string profile = examination.Sections.ProfileOf(session);
            if (examination.Concerns(profile) && examination.Credentials.Find(session.Section) is { } section)
            {
                yield return Of(
                    profile, Examination.PlaceOf(examination.Files.Credentials, section, Profiles.CredentialKeys.Expiration),
                    $"The session in [{session.Section}] expires at", session.Expiration!.Value.UtcDateTime,
                    "which is later than AWS gives any session");
            }
        }
    }

    private static MfaProfileFinding Of(string? profile, FindingPlace place, string what, DateTime time, string why) => new(
        MfaFindingId.ClockBehind,
        profile,
        place,
        new FindingWords(
            string.Create(CultureInfo.InvariantCulture, $"{what} {time:yyyy-MM-dd HH:mm:ss}Z, {why}: its clock is behind."),
            "AWS refuses requests that are more than 5 minutes off, from every tool.",
            "Set the clock, or let the system set it (timedatectl set-ntp true; w32tm /resync; sntp -sS time.apple.com)."));
}

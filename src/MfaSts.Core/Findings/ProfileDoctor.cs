using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Findings.Rules;
using MfaSts.Profiles;

namespace MfaSts.Findings;

/// <summary>
/// Finds what keeps AWS tools from a profile's session, and repairs what can be repaired. It makes no request, runs no command and asks
/// nobody.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="variables">The environment.</param>
/// <param name="clock">The clock by which a session has expired.</param>
public sealed class ProfileDoctor(AwsFiles files, EnvironmentVariables variables, TimeProvider clock)
{
    /// <summary>All that is found in all profiles, and in the files and the environment.</summary>
    public IReadOnlyList<MfaProfileFinding> Examine() => Run(FindingRules.All, chosen: null);

    /// <summary>What is found in one profile, and in the files and the environment.</summary>
    /// <exception cref="MfaException">LongTermCredentialNotFound: no file knows the profile; a mistyped name is met with the nearest one.
    /// </exception>
    public IReadOnlyList<MfaProfileFinding> Examine(string profile)
    {
        var examination = new Examination(files, variables, clock, [ProfileName.Require(profile)]);
        MfaProfileFinding[] found = [.. FindingRules.All.SelectMany(rule => rule.Find(examination))];
        bool isKnown = examination.Profiles[0].Exists || examination.Unreadable.Count > 0
            || Array.Exists(found, finding => finding.Profile == profile)
            || examination.LongTerm.FindAll(examination.Documents, profile).Count > 0;
        return isKnown ? found : throw examination.LongTerm.NotFound(profile);
    }

    /// <summary>What is found in the files as such: who can read them, and which tool reads them in another way.</summary>
    public IReadOnlyList<MfaProfileFinding> ExamineFiles() => Run(FindingRules.OfFiles, []);

    /// <summary>Stored sessions that hide another source of a profile's credentials from AWS tools, or are hidden by it.</summary>
    /// <param name="profile">The profile or section, or null for all.</param>
    public IReadOnlyList<MfaProfileFinding> ExamineSessions(string? profile = null) =>
        Run(FindingRules.OfStoredSession, profile is null ? null : [profile]);

    /// <summary>The names of all profiles that are known, in the order of the files.</summary>
    public IReadOnlyList<string> ProfileNames() => new Examination(files, variables, clock).Names;

    /// <summary>Repairs a finding.</summary>
    /// <returns>False when it cannot be repaired, or is no longer as it was found.</returns>
    /// <exception cref="MfaException">One of the Store errors.</exception>
    public bool Repair(MfaProfileFinding finding, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(finding);
        if (finding.Mending is not { } repair)
        {
            return false;
        }

        repair.Run(cancellationToken);
        return !Run(FindingRules.All, finding.Profile is null ? [] : [finding.Profile])
            .Any(left => left.Id == finding.Id && left.Profile == finding.Profile && left.Path == finding.Path
                && left.Message == finding.Message);
    }

    /// <summary>
    /// What in config was meant for a profile and does not count, for an error that something is missing there; or null.
    /// </summary>
    internal static string? SectionRemark(AwsFiles files, string profile) =>
        new ProfileDoctor(files, new EnvironmentVariables(_ => null), TimeProvider.System)
            .Run([new SectionIsNoProfile()], [profile]) is [var finding, ..] ? finding.ToString() : null;

    /// <summary>What somebody should know who is about to get a session of a profile.</summary>
    internal IReadOnlyList<MfaProfileFinding> ExamineForSession(string profile) => Run(FindingRules.OfSession, [profile]);

    private IReadOnlyList<MfaProfileFinding> Run(IFindingRule[] rules, IReadOnlyCollection<string>? chosen)
    {
        var examination = new Examination(files, variables, clock, chosen);
        return [.. rules.SelectMany(rule => rule.Find(examination))];
    }
}

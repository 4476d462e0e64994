using MfaSts.Files;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Parameters;

/// <summary>Completes -SessionProfile: the sections that hold sessions already, those of the profile first.</summary>
public sealed class SessionSectionCompleter : LocalCompleter
{
    private protected override IEnumerable<(string Value, string Tooltip)> Find(AwsFiles files, string? profile) =>
        new SessionStore(files, TimeProvider.System).List(activeAccessKeyId: null)
            .OrderBy(session => session.Profile != profile)
            .ThenBy(session => session.Section, StringComparer.Ordinal)
            .Select(
                session => (
                    session.Section!, $"[{session.Section}]: session of profile '{session.Profile}', {SessionWords.StateOf(session)}"));
}

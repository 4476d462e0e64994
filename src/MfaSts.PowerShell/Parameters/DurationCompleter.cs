using MfaSts.Files;

namespace MfaSts.PowerShell.Parameters;

/// <summary>Completes -Duration: lengths from the shortest to the longest that STS takes.</summary>
public sealed class DurationCompleter : LocalCompleter
{
    private protected override IEnumerable<(string Value, string Tooltip)> Find(AwsFiles files, string? profile) =>
    [
        ("15m", "15 minutes, the shortest"),
        ("1h", "1 hour, the longest for the root user"),
        ("4h", "4 hours"),
        ("8h", "8 hours"),
        ("12h", "12 hours, the default"),
        ("1d", "1 day"),
        ("36h", "36 hours, the longest"),
    ];
}

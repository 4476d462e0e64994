using System.Globalization;
using System.Management.Automation;
using MfaSts.PowerShell.Hosting;

namespace MfaSts.PowerShell.Commands;

/// <summary>
/// A short text for a prompt function: the profile whose session is in this process's environment, and the time left. Nothing when there is
/// none. It reads no file, so it may run at every prompt.
/// </summary>
[Cmdlet(VerbsCommon.Get, "MfaPromptSegment")]
[OutputType(typeof(string))]
public sealed class GetMfaPromptSegmentCommand : PSCmdlet
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ActiveSession.Find() is { } active)
        {
            WriteObject(active.Expiration is { } end ? $"{active.Profile} {Left(end - TimeProvider.System.GetUtcNow())}" : active.Profile);
        }
    }

    // No seconds before the last minute: a prompt is not a clock.
    private static string Left(TimeSpan left) => left switch
    {
        { Ticks: <= 0 } => "expired",
        { TotalHours: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours}h {left.Minutes}m"),
        { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{left.Minutes}m"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{left.Seconds}s"),
    };
}

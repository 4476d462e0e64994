using System.Management.Automation.Host;
using MfaSts.Errors;

namespace MfaSts.PowerShell.Renewal;

/// <summary>What is said at a prompt. Each thing is said once, however many prompts follow.</summary>
internal sealed class RenewalNotices(PSHost host)
{
    private readonly HashSet<string> _told = [];

    /// <summary>Another session is in use: what is to be said of it is new.</summary>
    public void Forget() => _told.Clear();

    /// <summary>A line of information.</summary>
    public void Tell(string line) => host.UI.WriteLine(line);

    /// <summary>A line of information, unless it was the last one of its kind.</summary>
    /// <param name="line">The line. Its kind is the text behind its first sentence, since that counts minutes.</param>
    public void TellOnce(string line)
    {
        if (_told.Add(line[(line.IndexOf(". ", StringComparison.Ordinal) + 1)..]))
        {
            Tell(line);
        }
    }

    /// <summary>What the person must know.</summary>
    public void Warn(string line) => host.UI.WriteWarningLine(PrintableText.Escape(line));

    /// <summary>What went wrong; nothing when it is null or was said before.</summary>
    public void Complain(string? line)
    {
        if (line is not null && _told.Add(line))
        {
            host.UI.WriteErrorLine(line);
        }
    }
}

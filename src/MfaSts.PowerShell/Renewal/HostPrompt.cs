using System.Management.Automation.Runspaces;

namespace MfaSts.PowerShell.Renewal;

/// <summary>
/// Tells the host's own prompt, which a person is about to see, from all else that looks <c>prompt</c> up: PSReadLine draws it again while a line is edited,
/// and scripts may call it.
/// </summary>
internal static class HostPrompt
{
    public const string Name = "prompt";

    /// <summary>The prompt is being made for the host, on this thread's runspace.</summary>
    public static bool IsBeingMade()
    {
        // The host runs a script that is that word and nothing else, and nothing runs around it.
        var stack = Runspace.DefaultRunspace?.Debugger?.GetCallStack();
        return stack?.Take(2).ToArray() is [var frame] && frame.Position?.Text.Trim() == Name;
    }
}

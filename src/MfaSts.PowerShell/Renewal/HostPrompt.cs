using System.Diagnostics;
using System.Management.Automation.Runspaces;

namespace MfaSts.PowerShell.Renewal;

/// <summary>
/// Tells the host's own prompt, which a person is about to see, from all else that looks <c>prompt</c> up: PSReadLine draws it again while
/// a line is edited, and scripts may call it.
/// </summary>
internal static class HostPrompt
{
    public const string Name = "prompt";

    private const string LineEditor = "Microsoft.PowerShell.PSConsoleReadLine";

    /// <summary>The prompt is being made for the host, on this thread's runspace.</summary>
    public static bool IsBeingMade()
    {
        var stack = Runspace.DefaultRunspace?.Debugger?.GetCallStack().Take(2).ToArray();
        return stack switch
        {
            // The console's host runs a script that is that word and nothing else, and nothing runs around it.
            [var frame] => frame.Position?.Text.Trim() == Name,

            // Others, as the one of Visual Studio Code, run the command itself: no script is there yet when it is looked up.
            [] => !IsRedrawn(),
            _ => false,
        };
    }

    // By PSReadLine when the host calls that without its function.
    private static bool IsRedrawn() => new StackTrace().GetFrames().Any(frame => frame.GetMethod()?.DeclaringType is { } type
        && (type.FullName == LineEditor || type.DeclaringType?.FullName == LineEditor));
}

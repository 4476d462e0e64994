using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;

namespace MfaSts.PowerShell.Renewal;

/// <summary>
/// The renewal of each runspace: one delegate on the lookup of commands, which is the only place that the user's prompt function,
/// PSReadLine and prompt programs leave alone, and which costs nothing while the shell is idle.
/// </summary>
internal static class RenewalHooks
{
    // The module's clean-up runs on a new instance; and a runspace that is gone must not be kept by us.
    private static readonly ConditionalWeakTable<Runspace, Hook> Hooks = new();

    /// <summary>This runspace's renewal while it is in, or null.</summary>
    public static SessionRenewal? Current =>
        Runspace.DefaultRunspace is { } runspace && Hooks.TryGetValue(runspace, out var hook) && hook.IsIn ? hook.Renewal : null;

    /// <summary>Puts a renewal in, in the place of this runspace's earlier one.</summary>
    public static void PutIn(SessionRenewal renewal, CommandInvocationIntrinsics commands)
    {
        TakeOut();
        commands.PreCommandLookupAction += renewal.OnLookup;
        Hooks.Add(Runspace.DefaultRunspace, new Hook(renewal, commands));
    }

    /// <summary>Takes this runspace's renewal out.</summary>
    /// <returns>False when there was none.</returns>
    public static bool TakeOut()
    {
        if (Runspace.DefaultRunspace is not { } runspace || !Hooks.TryGetValue(runspace, out var hook))
        {
            return false;
        }

        hook.Commands.PreCommandLookupAction -= hook.Renewal.OnLookup;
        return Hooks.Remove(runspace);
    }

    private sealed record Hook(SessionRenewal Renewal, CommandInvocationIntrinsics Commands)
    {
        // Whoever sets the action instead of adding to it takes ours out.
        public bool IsIn => Commands.PreCommandLookupAction?.GetInvocationList().Any(action => action.Target == Renewal) ?? false;
    }
}

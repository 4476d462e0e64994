using MfaSts.Cli.Output;
using MfaSts.Sessions;

namespace MfaSts.Cli.Commands;

/// <summary>Lists the stored sessions.</summary>
internal sealed class ListCommand : DescribedCommand
{
    public ListCommand(CliHost host)
        : base("list", "", "List the stored sessions with the time they have left.",
            "mfasts list",
            "mfasts list --json")
    {
        var json = Parts.Json();
        Add(json);
        SetAction(parsed =>
        {
            var sessions = new SessionStore(host.Files, host.Clock).List(host.Variables[SessionVariables.AccessKeyId]);
            SessionTable.Write(host.Output, sessions, parsed.GetValue(json));
            return ExitCodes.Success;
        });
    }
}

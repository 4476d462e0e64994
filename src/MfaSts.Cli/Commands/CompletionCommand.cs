using System.CommandLine;
using System.Text;
using MfaSts.Cli.Output;

namespace MfaSts.Cli.Commands;

/// <summary>Writes a shell's completion script.</summary>
internal sealed class CompletionCommand : DescribedCommand
{
    public CompletionCommand(CliHost host)
        : base("completion", "SHELL", "Write a completion script for a shell: bash, zsh, fish or powershell.",
            "source <(mfasts completion bash)",
            "mfasts completion fish | source",
            "mfasts completion powershell | Out-String | Invoke-Expression")
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or powershell." };
        shell.AcceptOnlyFromAmong([.. CompletionScript.Shells]);
        Add(shell);
        SetAction(parsed =>
        {
            host.Output.Write(Encoding.UTF8.GetBytes(CompletionScript.For(parsed.GetValue(shell)!)));
            host.Output.Flush();
            return ExitCodes.Success;
        });
    }
}

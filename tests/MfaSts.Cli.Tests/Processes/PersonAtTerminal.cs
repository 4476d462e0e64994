using System.Text.Json;
using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Processes;

/// <summary>A person at a terminal, played by python3's pty (see terminal.py).</summary>
internal static class PersonAtTerminal
{
    /// <summary>Runs the program on a terminal of its own, its standard streams being pipes.</summary>
    internal static async Task<Seen> RunAsync(TestHome home, object act, params string[] args)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "terminals of this kind are Unix's");
        var task = JsonSerializer.SerializeToNode(act)!;
        task["command"] = JsonSerializer.SerializeToNode(Mfasts.Command.Concat(args));
        string script = Path.Combine(AppContext.BaseDirectory, "Processes", "terminal.py");
        var ended = await Mfasts.RunProgramAsync(home, "python3", script, task.ToJsonString());
        Assert.True(ended.ExitCode == 0, ended.Error);
        return JsonSerializer.Deserialize<Seen>(ended.Output, JsonSerializerOptions.Web)!;
    }
}

/// <summary>What was seen.</summary>
/// <param name="Ends">How each process ended.</param>
/// <param name="Stopped">The process was stopped, not ended.</param>
/// <param name="Shown">What the terminal showed.</param>
/// <param name="Silent">The terminal did not echo while the prompt was open; null when there was none.</param>
/// <param name="EchoesAtEnd">The terminal echoes again.</param>
/// <param name="Asker">Which process the signal went to.</param>
/// <param name="Silences">The same as Silent, of each of several steps.</param>
internal sealed record Seen(Ended[] Ends, bool Stopped, string Shown, bool? Silent, bool EchoesAtEnd, int Asker, bool[] Silences)
{
    internal int Prompts => Shown.Split("MFA code").Length - 1;
}

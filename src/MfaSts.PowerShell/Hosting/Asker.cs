using System.Management.Automation;
using System.Management.Automation.Host;
using System.Net;
using System.Security;
using MfaSts.Errors;

namespace MfaSts.PowerShell.Hosting;

/// <summary>
/// Asks the person at the keyboard through PowerShell's host. Whether there is one is decided beforehand: a prompt in a job blocks for
/// ever, and one with redirected input ends the pipeline without a word.
/// </summary>
/// <param name="host">The cmdlet's host.</param>
/// <param name="isStopping">Whether the pipeline is being stopped.</param>
internal sealed class Asker(PSHost host, Func<bool> isStopping)
{
    // One character chooses: "10" would be a 1. What comes behind them is chosen by its whole text.
    private const string Hotkeys = "123456789abcdefghijklmnopqrstuvwxyz";

    private const string JobHost = "ServerRemoteHost";

    // What runspaces have that no user interface was given to: ForEach-Object -Parallel, Start-ThreadJob, [powershell]::Create().
    private const string NoHost = "Default Host";

    /// <summary>Why nobody can be asked, as the end of a sentence; null when somebody can.</summary>
    public string? WhyNot()
    {
        if (host.Name == JobHost)
        {
            return "this is a background job or a remote session";
        }

        if (host.Name == NoHost)
        {
            return "this runspace has no user interface";
        }

        if (CommandLine.IsNonInteractive)
        {
            return "PowerShell was started with -NonInteractive";
        }

        return Console.IsInputRedirected ? "standard input is redirected" : null;
    }

    /// <summary>Asks for a value that may be seen.</summary>
    public string Ask(string? profile, string what, string prompt)
    {
        RequireSomeone(profile, what);
        Show(prompt);
        return Answered(host.UI.ReadLine());
    }

    /// <summary>Asks for a value that is masked.</summary>
    public string AskSecret(string? profile, string what, string prompt)
    {
        RequireSomeone(profile, what);
        Show(prompt);
        using var answer = Answered(host.UI.ReadLineAsSecureString());
        return Reveal(answer);
    }

    /// <summary>Asks for one of several things.</summary>
    /// <returns>Its place among them.</returns>
    public int Choose(string? profile, string what, string prompt, IEnumerable<(string Name, string Help)> choices)
    {
        RequireSomeone(profile, what);
        var described = choices.Select(
            (choice, index) => new ChoiceDescription(
                index < Hotkeys.Length ? $"&{Hotkeys[index]} {Plain(choice.Name)}" : Plain(choice.Name), choice.Help));
        return Choose(string.Empty, prompt, described, usual: -1);
    }

    /// <summary>Asks a question of yes or no. Whether somebody can be asked is for the caller to see to.</summary>
    /// <param name="caption">What it is about.</param>
    /// <param name="question">The question.</param>
    /// <param name="isYesUsual">What Enter alone means.</param>
    public bool AskWhether(string caption, string question, bool isYesUsual) =>
        Choose(caption, PrintableText.Escape(question), [new("&Yes"), new("&No")], isYesUsual ? 0 : 1) == 0;

    // An ampersand would mark the next character as the one to type.
    private static string Plain(string name) => PrintableText.Escape(name).Replace('&', '+');

    // At the host's choice Ctrl+C is an answer: -1.
    private int Choose(string caption, string prompt, IEnumerable<ChoiceDescription> choices, int usual)
    {
        StopIfStopping();
        int chosen = host.UI.PromptForChoice(caption, prompt, [.. choices], usual);
        StopIfStopping();
        return chosen >= 0 ? chosen : throw new PipelineStoppedException();
    }

    /// <summary>A line for the person who is about to be asked.</summary>
    public void Tell(string line) => host.UI.WriteLine(line);

    public static string Reveal(SecureString secret) => new NetworkCredential(string.Empty, secret).Password;

    private void Show(string prompt)
    {
        host.UI.Write(prompt + ": ");
        StopIfStopping();
    }

    // Ctrl+C may come before the host reads keys: it would then wait for an answer that nobody wants.
    private void StopIfStopping()
    {
        if (isStopping())
        {
            throw new PipelineStoppedException();
        }
    }

    // At a host's prompt Ctrl+C is an answer: null. Nothing else may happen then.
    private T Answered<T>(T? answer)
        where T : class => answer is null || isStopping() ? throw new PipelineStoppedException() : answer;

    private void RequireSomeone(string? profile, string what)
    {
        if (WhyNot() is { } why)
        {
            throw MfaErrors.InputRequired(profile, what, why);
        }
    }
}

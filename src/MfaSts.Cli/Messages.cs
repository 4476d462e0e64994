using MfaSts.Errors;

namespace MfaSts.Cli;

/// <summary>What is said to a person, always on standard error.</summary>
internal sealed class Messages(TextWriter error, bool isQuiet, bool isVerbose)
{
    public bool IsQuiet { get; } = isQuiet;

    public void Say(string line)
    {
        if (!IsQuiet)
        {
            error.WriteLine(PrintableText.Escape(line));
        }
    }

    public void Detail(string line)
    {
        if (isVerbose)
        {
            error.WriteLine(PrintableText.Escape(line));
        }
    }

    public void Detail(IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            Detail(line);
        }
    }

    public void Warn(string line) => Say("warning: " + Remedies.ForProgram(line));

    public void Fail(MfaError failure)
    {
        error.WriteLine($"mfasts: {failure.Message}");
        error.WriteLine(Remedies.ForProgram(failure.Remedy));
    }
}

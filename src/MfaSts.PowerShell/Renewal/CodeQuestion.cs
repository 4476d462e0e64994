using System.Globalization;
using System.Management.Automation.Host;
using System.Text;
using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Renewal;

/// <summary>
/// Asks for a code key by key. The host's own question would take Ctrl+C for the end of the prompt function, and the user would see a bare
/// "PS>" for once; here it only puts the question off.
/// </summary>
internal sealed class CodeQuestion(PSHostUserInterface ui)
{
    private const ReadKeyOptions OneKey = ReadKeyOptions.NoEcho | ReadKeyOptions.IncludeKeyDown | ReadKeyOptions.AllowCtrlC;
    private const char ControlC = (char)3;
    private const char ControlD = (char)4;
    private const char Escape = (char)27;
    private const char Delete = (char)127;

    private string _digits = string.Empty;
    private bool _hasOtherKeys;

    /// <summary>Asks.</summary>
    /// <returns>Six digits; null when the person puts it off.</returns>
    public string? Ask(string question)
    {
        bool before = Console.TreatControlCAsInput;
        Console.TreatControlCAsInput = true;
        try
        {
            return Ask(PrintableText.Escape(question) + ": ", "Six digits are needed, or Enter alone.");
        }
        finally
        {
            Console.TreatControlCAsInput = before;
        }
    }

    private string? Ask(string question, string hint)
    {
        while (true)
        {
            (_digits, _hasOtherKeys) = (string.Empty, false);
            ui.Write(question);
            bool isAnswered = ReadKeys();
            ui.WriteLine(string.Empty);
            if (!isAnswered || _digits.Length == TokenCode.Length)
            {
                return isAnswered ? _digits : null;
            }

            // A command typed a moment too late is no wish to be asked again in ten minutes.
            if (_digits.Length == 0 && !_hasOtherKeys)
            {
                return null;
            }

            ui.WriteLine(hint);
        }
    }

    // False when the question is put off by a key.
    private bool ReadKeys()
    {
        while (true)
        {
            char key = ui.RawUI.ReadKey(OneKey).Character;
            switch (key)
            {
                case ControlC or ControlD or Escape:
                    return false;
                case '\r' or '\n':
                    return true;
                case '\b' or Delete:
                    TakeBack();
                    break;
                default:
                    Add(key);
                    break;
            }
        }
    }

    private void Add(char key)
    {
        int digit = CharUnicodeInfo.GetDecimalDigitValue(key);
        if (digit >= 0)
        {
            _digits += (char)('0' + digit);
            ui.Write("*");
        }
        else if (!Rune.TryCreate(key, out var rune) || !TokenCode.IsIgnored(rune))
        {
            _hasOtherKeys = true;
        }
    }

    private void TakeBack()
    {
        if (_digits.Length > 0)
        {
            _digits = _digits[..^1];
            ui.Write("\b \b");
        }
    }
}

using System.Management.Automation;
using MfaSts.Errors;

namespace MfaSts.PowerShell.Hosting;

/// <summary>The one place where an ErrorRecord is made.</summary>
internal static class ErrorRecords
{
    private const string Topic = "about_MfaSts";

    // Only from 7.5 on does PowerShell print a recommended action by itself.
    private static readonly bool PrintsRemedy = typeof(PSObject).Assembly.GetName().Version >= new Version(7, 5);

    /// <summary>
    /// The record of a catalogued error. Its target is the profile's name, never an object: that would stay in $Error with its secrets.
    /// </summary>
    public static ErrorRecord From(MfaException exception)
    {
        var error = exception.Error;
        string remedy = Remedy(error);
        return new ErrorRecord(exception, error.Id.ToString(), Enum.Parse<ErrorCategory>(error.Category.ToString()), error.Target)
        {
            ErrorDetails = new ErrorDetails(PrintsRemedy ? error.Message : $"{error.Message} {remedy}") { RecommendedAction = remedy },
        };
    }

    // On a line of its own, under PowerShell's indent: many remedies end with a command to copy.
    private static string Remedy(MfaError error) => $"{error.Remedy}\n  More under {error.Id} in: Get-Help {Topic}";
}

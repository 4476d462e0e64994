using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.PowerShell.Parameters;

/// <summary>Completes from local files and lists, never from the network. It never fails: a broken file completes to nothing.</summary>
public abstract class LocalCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string prefix = (wordToComplete ?? string.Empty).Trim('\'', '"');
        try
        {
            var files = AwsFiles.Locate(EnvironmentVariables.OfProcess, Directory.GetCurrentDirectory());
            return [.. Find(files, fakeBoundParameters?["Profile"] as string)
                .Where(choice => choice.Value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                .Select(
                    choice => new CompletionResult(
                        Quote(choice.Value), choice.Value, CompletionResultType.ParameterValue, choice.Tooltip))];
        }
        catch (Exception e) when (e is MfaException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    /// <summary>All that can be offered, in the order to offer it.</summary>
    /// <param name="files">The AWS files.</param>
    /// <param name="profile">The profile that stands in the command already, or null.</param>
    private protected abstract IEnumerable<(string Value, string Tooltip)> Find(AwsFiles files, string? profile);

    private static string Quote(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '+' or '%') && !name.StartsWith('-')
            ? name
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(name) + "'";
}

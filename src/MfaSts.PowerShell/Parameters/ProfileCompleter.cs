using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Parameters;

/// <summary>Completes profile names from the local files. It never fails: a broken file completes to nothing.</summary>
public sealed class ProfileCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string prefix = (wordToComplete ?? string.Empty).Trim('\'', '"');
        try
        {
            var files = AwsFiles.Locate(EnvironmentVariables.OfProcess, Directory.GetCurrentDirectory());
            return [.. Tooltips(files)
                .Where(entry => entry.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                .OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => new CompletionResult(Quote(entry.Key), entry.Key, CompletionResultType.ParameterValue, entry.Value))];
        }
        catch (MfaException)
        {
            return [];
        }
    }

    private static Dictionary<string, string> Tooltips(AwsFiles files)
    {
        var tooltips = new Dictionary<string, string>();
        foreach (var credential in new LongTermCredentialStore(files).List())
        {
            tooltips[credential.Profile] = $"{credential.Profile}: long-term key {credential.AccessKeyId}";
        }

        foreach (var session in new SessionStore(files, TimeProvider.System).List(activeAccessKeyId: null))
        {
            string state = session.State is MfaSessionState.Usable ? DurationText.Format(session.Remaining!.Value) + " left" : session.State.ToString();
            tooltips[session.Profile] = $"{session.Profile}: session, {state}";
        }

        return tooltips;
    }

    private static string Quote(string name) =>
        name.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '+' or '%') && !name.StartsWith('-')
            ? name
            : "'" + CodeGeneration.EscapeSingleQuotedStringContent(name) + "'";
}

using System.Text.Json;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Stores;

/// <summary>
/// Runs a profile's <c>key_process</c>: a command that prints long-term keys in the JSON of a credential_process (AWS SDKs and Tools
/// reference guide, "Process
/// credential provider"), but without a session token.
/// </summary>
/// <param name="config">The file that the command comes from. It must belong to this user and be writable by nobody else.</param>
internal sealed class KeyCommand(SharedFile config)
{
    private const string Remedy =
        "Run the command by itself: it must print {\"Version\":1,\"AccessKeyId\":\"AKIA...\",\"SecretAccessKey\":\"...\"} and exit with 0.";

    /// <summary>Runs the command.</summary>
    /// <exception cref="KeyStoreException">It gave no long-term keys.</exception>
    /// <exception cref="MfaException">StoreUnsafe.</exception>
    public async Task<LongTermCredential> RunAsync(LongTermCredential credential, bool mayUseTerminal, CancellationToken cancellationToken)
    {
        if (!config.IsTrusted)
        {
            throw MfaErrors.StoreUnsafe(
                config.Path, "another user could have written the key_process in it, which would be run as a command");
        }

        try
        {
            string output = await ShellCommand.RunAsync(credential.Command!, mayUseTerminal, cancellationToken).ConfigureAwait(false);
            using var answer = JsonDocument.Parse(output);
            return Read(credential, answer.RootElement);
        }
        catch (ShellCommandException e)
        {
            throw Failure(e.Message);
        }
        catch (JsonException)
        {
            // Not even as a cause: its message may show what was printed.
            throw Failure("it did not print JSON");
        }
    }

    private static LongTermCredential Read(LongTermCredential credential, JsonElement answer)
    {
        string id = Text(answer, "AccessKeyId");
        string secret = Text(answer, "SecretAccessKey");
        string? why =
            Text(answer, "SessionToken").Length > 0 || CredentialKeys.IsTemporaryId(id)
                ? "it printed temporary keys, and a session takes long-term ones"
            : !AccessKey.IsId(id) ? "it printed no AccessKeyId that can be one"
            : !AccessKey.IsSecret(secret) ? "it printed no SecretAccessKey that can be one"
            : null;
        return why is null ? credential.Unlocked(id, secret) : throw Failure(why);
    }

    private static string Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : string.Empty;

    private static KeyStoreException Failure(string why) => new(isLocked: false, why, Remedy);
}

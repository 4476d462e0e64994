using System.Management.Automation;
using System.Security;
using MfaSts.PowerShell.Hosting;
using MfaSts.Stores;

namespace MfaSts.PowerShell.Stores;

/// <summary>
/// A vault that is registered with Microsoft.PowerShell.SecretManagement, which is looked for only here: a SecureString
/// <c>mfasts-ACCESS_KEY_ID</c> for each access key. Not every vault takes more, nor other characters.
/// </summary>
/// <param name="vault">The vault's name.</param>
/// <param name="runspace">Where its commands run.</param>
internal sealed class VaultStore(string vault, IVaultRunspace runspace)
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";
    private const int Attempts = 4;

    // All vaults of a process share one runspace of SecretManagement, and two calls at once fail each other.
    private static readonly SemaphoreSlim OneAtATime = new(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The vault as a store.</summary>
    public static IKeyStore Open(string vault, IVaultRunspace runspace)
    {
        var store = new VaultStore(vault, runspace);
        return new DelegateKeyStore(store.PutAsync, store.FindAsync, store.RemoveAsync);
    }

    private async Task PutAsync(string accessKeyId, string secretAccessKey, CancellationToken cancellationToken)
    {
        using var secret = new System.Net.NetworkCredential(string.Empty, secretAccessKey).SecurePassword;
        secret.MakeReadOnly();
        await CallAsync("Set-Secret", "-Secret $args[2]", accessKeyId, secret, cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        try
        {
            return Read(
                await CallAsync("Get-Secret", string.Empty, accessKeyId, null, cancellationToken).ConfigureAwait(false), accessKeyId);
        }
        catch (RuntimeException e) when (IdOf(e).StartsWith("GetSecretNotFound", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private async Task<bool> RemoveAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        // Each vault has an error of its own for what is not there.
        if (await FindAsync(accessKeyId, cancellationToken).ConfigureAwait(false) is null)
        {
            return false;
        }

        await CallAsync("Remove-Secret", string.Empty, accessKeyId, null, cancellationToken).ConfigureAwait(false);
        return true;
    }

    // What a person has put there may be of another kind. Of a PSCredential the name must be the key's: it may be anybody's.
    private static string? Read(object? found, string accessKeyId) => found switch
    {
        SecureString secret => Asker.Reveal(secret),
        PSCredential credential when credential.UserName == accessKeyId => Asker.Reveal(credential.Password),
        string text => text,
        null => null,
        _ => string.Empty,
    };

    private async Task<object?> CallAsync(
        string command, string more, string accessKeyId, object? secret, CancellationToken cancellationToken)
    {
        // A command that there is not ends only its statement: without the preference nobody would learn of it.
        string script =
            $"$ErrorActionPreference = 'Stop'; & '{Module}\\{command}' -Vault $args[0] -Name $args[1] {more} -ErrorAction Stop";
        await OneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            for (int attempt = 1; ; attempt++)
            {
                try
                {
                    return await runspace.InvokeAsync(script, [vault, $"mfasts-{accessKeyId}", secret], cancellationToken)
                        .ConfigureAwait(false);
                }
                catch (RuntimeException e) when (IdOf(e).Contains("InvalidOperation", StringComparison.Ordinal) && attempt < Attempts)
                {
                    // Another caller of SecretManagement was at it.
                    await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (Exception e) when (Translate(e) is { } failure)
        {
            throw failure;
        }
        finally
        {
            OneAtATime.Release();
        }
    }

    // The words of a vault are its own, and could be anything: its error's identifier is told.
    private KeyStoreException? Translate(Exception exception) => exception switch
    {
        CommandNotFoundException => new KeyStoreException(
            isLocked: false, $"the module {Module} is not there", $"Install it with: Install-Module {Module}. Or keep the key in another "
                + "store."),
        TimeoutException =>
            new KeyStoreException(isLocked: false, "the vault did not answer in time", "Look whether it hangs, then try again."),
        RuntimeException e when IsLocked(e) => new KeyStoreException(
            isLocked: true, "it is locked", $"Unlock it with: Unlock-SecretVault -Name {Errors.PowerShellText.Quote(vault)}. Then try "
                + "again in the same PowerShell."),
        RuntimeException e when IdOf(e).Contains("VaultNotFound", StringComparison.Ordinal) => new KeyStoreException(
            isLocked: false, "no vault of this name is registered", "See which there are with: Get-SecretVault. Register it with: "
                + "Register-SecretVault."),
        RuntimeException e when IdOf(e).StartsWith("GetSecretNotFound", StringComparison.Ordinal) => null,
        RuntimeException e and not PipelineStoppedException => new KeyStoreException(
            isLocked: false, $"the vault refused ({IdOf(e)})", $"Try it with: Test-SecretVault -Name {Errors.PowerShellText.Quote(vault)}. "
                + "Or keep the key in another store."),
        _ => null,
    };

    private static string IdOf(RuntimeException e) => e.ErrorRecord?.FullyQualifiedErrorId ?? e.GetType().Name;

    private static bool IsLocked(Exception? exception)
    {
        while (exception is not null && exception.GetType().FullName != Module + ".PasswordRequiredException")
        {
            exception = (exception as ActionPreferenceStopException)?.ErrorRecord?.Exception ?? exception.InnerException;
        }

        return exception is not null;
    }
}

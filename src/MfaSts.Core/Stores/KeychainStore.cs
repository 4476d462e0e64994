using System.ComponentModel;
using System.Diagnostics;

namespace MfaSts.Stores;

/// <summary>
/// The macOS Keychain through <c>/usr/bin/security</c>, which Apple signs: an item that it made is read by it without a question, for
/// PowerShell and for mfasts alike,
/// and so for every process of the user. Written by security(1) and by the status codes of Security.framework; not tried on macOS.
/// </summary>
/// <param name="program">The program.</param>
internal sealed class KeychainStore(string program = "/usr/bin/security") : IKeyStore
{
    private const string Service = "mfasts";

    // The last eight bits of errSecItemNotFound (-25300), errSecInteractionNotAllowed (-25308), errSecAuthFailed (-25293) and
    // userCanceledErr (-128).
    private const int NotFound = 44;
    private const int InteractionNotAllowed = 36;
    private const int AuthenticationFailed = 51;
    private const int Cancelled = 128;

    // It may ask for the keychain's password.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <inheritdoc/>
    /// <remarks>The command goes in by standard input: arguments are seen by every user.</remarks>
    public async Task PutAsync(string accessKeyId, string secretAccessKey, CancellationToken cancellationToken)
    {
        // What it reads as a command's words; neither half of an access key has any of these.
        if ((accessKeyId + secretAccessKey).Any(c => c is <= ' ' or > '~' or '"' or '\'' or '\\'))
        {
            throw Unavailable("the access key has a character that cannot be handed to /usr/bin/security");
        }

        string command = $"add-generic-password -U -s {Service} -a {accessKeyId} -l \"MfaSts access key\" -w {secretAccessKey}\n";
        Require((await RunAsync(["-i"], command, cancellationToken).ConfigureAwait(false)).ExitCode);
    }

    /// <inheritdoc/>
    public async Task<string?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        var (exitCode, output) =
            await RunAsync(["find-generic-password", "-s", Service, "-a", accessKeyId, "-w"], string.Empty, cancellationToken)
                .ConfigureAwait(false);
        return exitCode == NotFound ? null : Require(exitCode, output.TrimEnd('\n'));
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        var (exitCode, _) =
            await RunAsync(["delete-generic-password", "-s", Service, "-a", accessKeyId], string.Empty, cancellationToken)
                .ConfigureAwait(false);
        return exitCode != NotFound && Require(exitCode, true);
    }

    private static void Require(int exitCode) => Require(exitCode, true);

    private static T Require<T>(int exitCode, T value) => exitCode switch
    {
        0 => value,
        InteractionNotAllowed or AuthenticationFailed or Cancelled => throw new KeyStoreException(
            isLocked: true, "the keychain is locked, and was not unlocked", "Unlock it with: security unlock-keychain. Then try again."),
        _ => throw Unavailable($"/usr/bin/security exited with {exitCode}"),
    };

    private static KeyStoreException Unavailable(string why, Exception? cause = null) => new(
        isLocked: false, why, "Look into Keychain Access, then try again; or keep the key in another store.", cause);

    private async Task<(int ExitCode, string Output)> RunAsync(string[] arguments, string input, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        using var process = Start(arguments);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), limit.Token).ConfigureAwait(false);
            process.StandardInput.Close();
            string output = await process.StandardOutput.ReadToEndAsync(limit.Token).ConfigureAwait(false);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            return (process.ExitCode, output);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"/usr/bin/security did not end within {Limit.TotalSeconds:0} seconds");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private Process Start(string[] arguments)
    {
        var start =
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw Unavailable("/usr/bin/security cannot be run", e);
        }
    }
}

using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Cli.Terminal;

/// <summary>The console of the process, whatever its standard streams are.</summary>
internal sealed partial class WindowsTerminal : ITerminal
{
    // A program in whose raw mode it is asked has switched lines and Ctrl+C off.
    private const uint Processed = 1;
    private const uint Lines = 2;
    private const uint Echo = 4;

    /// <inheritdoc/>
    public string? WhyNotAsk()
    {
        using var console = TryOpen("CONIN$", FileAccess.ReadWrite);
        return console is null ? "there is no console" : null;
    }

    /// <inheritdoc/>
    public TimeSpan Limit { get; set; } = TimeSpan.FromSeconds(120);

    /// <inheritdoc/>
    public string? Ask(string prompt, CancellationToken cancellationToken) => Ask(prompt, isShown: true, cancellationToken);

    /// <inheritdoc/>
    public string? AskSecret(string prompt, CancellationToken cancellationToken) => Ask(prompt, isShown: false, cancellationToken);

    private string? Ask(string prompt, bool isShown, CancellationToken cancellationToken)
    {
        using var input = TryOpen("CONIN$", FileAccess.ReadWrite);
        using var output = TryOpen("CONOUT$", FileAccess.ReadWrite);
        if (input is null || output is null)
        {
            return null;
        }

        using var writer = new StreamWriter(new FileStream(output, FileAccess.Write), new UTF8Encoding(false)) { AutoFlush = true };
        _ = GetMode(input, out uint mode);
        _ = SetMode(input, Processed | Lines | (isShown ? mode | Echo : mode & ~Echo));
        try
        {
            writer.Write(prompt);
            using var reader = new StreamReader(new FileStream(input, FileAccess.Read));
            return reader.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Limit, cancellationToken).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _ = SetMode(input, mode);
            if (!isShown)
            {
                writer.WriteLine();
            }
        }
    }

    private static SafeFileHandle? TryOpen(string name, FileAccess access)
    {
        try
        {
            return File.OpenHandle(name, FileMode.Open, access, FileShare.ReadWrite);
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("kernel32", EntryPoint = "GetConsoleMode", SetLastError = true)]
    private static partial int GetMode(SafeFileHandle console, out uint mode);

    [LibraryImport("kernel32", EntryPoint = "SetConsoleMode", SetLastError = true)]
    private static partial int SetMode(SafeFileHandle console, uint mode);
}

using System.Text;

namespace MfaSts.Cli.Terminal;

/// <summary>
/// Standard error. Where it is closed or its device is full, nobody is left to be told: a warning is then no reason to keep back the keys
/// that standard output gets, and the exit code tells how it ended.
/// </summary>
/// <param name="inner">What writes.</param>
internal sealed class StandardError(TextWriter inner) : TextWriter(inner.FormatProvider)
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(string? value) => Try(() => inner.Write(value));

    // In one piece, so that lines of several processes do not mix.
    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void Flush() => Try(inner.Flush);

    private static void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // See above.
        }
    }
}

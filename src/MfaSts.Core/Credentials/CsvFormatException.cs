namespace MfaSts.Credentials;

/// <summary>Text that is no CSV. It never leaves Core: the reader of the file names the file too.</summary>
internal sealed class CsvFormatException(int line, string why) : Exception(why)
{
    /// <summary>The line, counted from 1.</summary>
    public int Line { get; } = line;
}

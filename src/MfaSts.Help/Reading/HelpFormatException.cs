namespace MfaSts.Help.Reading;

/// <summary>A page is not of the schema, or holds what help cannot show.</summary>
internal sealed class HelpFormatException(string path, int line, string message) : Exception(message)
{
    /// <summary>The page.</summary>
    internal string Path { get; } = path;

    /// <summary>Its line, counted from 1.</summary>
    internal int Line { get; } = line;
}

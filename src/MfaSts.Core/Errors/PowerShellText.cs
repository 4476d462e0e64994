namespace MfaSts.Errors;

/// <summary>Writes values into commands that are shown to be copied.</summary>
public static class PowerShellText
{
    // PowerShell takes each of them for a single quote.
    private const string SingleQuotes = "'\u2018\u2019\u201A\u201B";

    /// <summary>A value as one argument of a PowerShell command, bare where that is safe.</summary>
    public static string Quote(string value)
    {
        bool isBare = value.Length > 0 && value[0] != '-'
            && value.All(c => char.IsAsciiLetterOrDigit(c) || "_.-/:+".Contains(c, StringComparison.Ordinal));
        return isBare
            ? value
            : $"'{string.Concat(value.Select(c => SingleQuotes.Contains(c, StringComparison.Ordinal) ? $"{c}{c}" : $"{c}"))}'";
    }

    /// <summary>A path as one argument, read alike by PowerShell and the Unix shells wherever there is such a form.</summary>
    public static string QuotePath(string path)
    {
        if (!path.Contains('\'', StringComparison.Ordinal))
        {
            return $"'{path}'";
        }

        return path.AsSpan().IndexOfAny("$`\"\\!") < 0 ? $"\"{path}\"" : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }
}

using MfaSts.Files;

namespace MfaSts.Findings;

/// <summary>Where a finding is.</summary>
/// <param name="Path">The file, or null when it is not about a file.</param>
/// <param name="Line">The line, counted from 1, or null.</param>
internal sealed record FindingPlace(string? Path, int? Line)
{
    /// <summary>Not about a file.</summary>
    public static FindingPlace None { get; } = new(null, null);

    /// <summary>A whole file, or a line of it.</summary>
    public static FindingPlace In(SharedFile file, int? line = null) => new(file.Path, line);
}

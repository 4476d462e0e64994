using MfaSts.Files;

namespace MfaSts.Findings;

/// <summary>A setting of a profile, where it stands.</summary>
/// <param name="File">The file.</param>
/// <param name="Section">The section.</param>
/// <param name="Key">The key with its line.</param>
internal sealed record FoundSetting(SharedFile File, IniSection Section, IniKey Key)
{
    /// <summary>The line of the key.</summary>
    public FindingPlace Place => FindingPlace.In(File, Key.Line.Number);

    /// <summary>Sets it to another value, or with null removes its line, unless somebody has changed it since.</summary>
    public void Change(string? value, CancellationToken cancellationToken) => File.Update(
        document => document.Find(Section.Name)?.FindKey(Key.Name)?.Value == Key.Value
            ? document.Set(Section.Name, [new(Key.Name, value)])
            : document,
        cancellationToken);
}

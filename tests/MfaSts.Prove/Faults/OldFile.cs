using System.Globalization;

namespace MfaSts.Prove.Faults;

/// <summary>The file before an update.</summary>
internal static class OldFile
{
    /// <summary>How many sections an update takes away that makes the file shorter.</summary>
    public const int Removed = 10;

    private const int Sections = 100;

    /// <summary>Several pages: a write that stops in the middle then stops in the middle of something.</summary>
    public static string Text { get; } = "# mine\n" + string.Concat(Enumerable.Range(0, Sections).Select(
        i => $"[{NameOf(i)}]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = "
            + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\n"));

    /// <summary>The sections that no update touches.</summary>
    public static IEnumerable<string> Untouched => Enumerable.Range(Removed, Sections - Removed).Select(NameOf);

    public static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"old{number}");
}

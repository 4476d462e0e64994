using System.Globalization;
using MfaSts.Errors;
using MfaSts.Findings;

namespace MfaSts;

/// <summary>Something that keeps an AWS tool from a profile's session, or from the profile: what, where, who is affected, and the remedy.
/// It never holds a secret.</summary>
public sealed class MfaProfileFinding
{
    internal MfaProfileFinding(
        MfaFindingId id, string? profile, FindingPlace place, FindingWords words, FindingRepair? repair = null)
    {
        Id = id;
        Profile = profile;
        Path = place.Path;
        Line = place.Line;
        Message = PrintableText.Escape(words.Message);
        Affects = PrintableText.Escape(words.Affects);
        Remedy = PrintableText.Escape(words.Remedy);
        Repair = repair is null ? null : PrintableText.Escape(repair.Description);
        Mending = repair;
    }

    /// <summary>The kind.</summary>
    public MfaFindingId Id { get; }

    /// <summary>The profile, or null when it concerns all of them.</summary>
    public string? Profile { get; }

    /// <summary>The file, or null when it is not about a file.</summary>
    public string? Path { get; }

    /// <summary>The line in the file, counted from 1, or null when it is not about one line.</summary>
    public int? Line { get; }

    /// <summary>What is there.</summary>
    public string Message { get; }

    /// <summary>Which tools are affected, and how.</summary>
    public string Affects { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }

    /// <summary>What <c>Repair-MfaProfile</c> changes, or null when it cannot repair this.</summary>
    public string? Repair { get; }

    /// <summary><c>Repair-MfaProfile</c> and <c>mfasts doctor --fix</c> can do it.</summary>
    public bool CanRepair => Repair is not null;

    /// <summary>Where it is: the file and the line, or neither.</summary>
    public string Place => Path is null ? string.Empty
        : Line is null ? $"'{Path}'"
        : string.Create(CultureInfo.InvariantCulture, $"'{Path}', line {Line}");

    internal FindingRepair? Mending { get; }

    /// <summary>All of it, as sentences.</summary>
    public override string ToString() => $"{(Path is null ? string.Empty : Place + ": ")}{Message} {Affects} {Remedy}";
}

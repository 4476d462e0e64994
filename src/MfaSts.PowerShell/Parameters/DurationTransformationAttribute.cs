using System.Globalization;
using System.Management.Automation;

namespace MfaSts.PowerShell.Parameters;

/// <summary>
/// Reads -Duration as people write it. The literal's own text is read first: PowerShell turns <c>1d</c> into the decimal 1 and would take a
/// bare number for ticks.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Take zero as well, as a least time left may be.</summary>
    public bool AllowZero { get; set; }

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is TimeSpan span)
        {
            // Other durations are checked against their own range, with the profile in the error.
            return AllowZero && span < TimeSpan.Zero
                ? throw new ArgumentTransformationMetadataException($"'{span}' is out of range: it must not be negative.")
                : span;
        }

        string text = LanguagePrimitives.ConvertTo<string>(inputData) ?? string.Empty;
        return DurationText.TryParse(text, out var duration, AllowZero)
            ? duration
            : throw new ArgumentTransformationMetadataException(
                string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a duration. Write it in {DurationText.Forms}."));
    }
}

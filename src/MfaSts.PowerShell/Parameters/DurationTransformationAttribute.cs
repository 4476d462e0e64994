using System.Globalization;
using System.Management.Automation;

namespace MfaSts.PowerShell.Parameters;

/// <summary>
/// Reads -Duration as people write it. The literal's own text is read first: PowerShell turns <c>1d</c> into the decimal 1 and would take a bare number for
/// ticks.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is TimeSpan span)
        {
            return span;
        }

        string text = LanguagePrimitives.ConvertTo<string>(inputData) ?? string.Empty;
        return DurationText.TryParse(text, out var duration)
            ? duration
            : throw new ArgumentTransformationMetadataException(
                string.Create(CultureInfo.InvariantCulture, $"'{text}' is not a duration. Write it in {DurationText.Forms}."));
    }
}

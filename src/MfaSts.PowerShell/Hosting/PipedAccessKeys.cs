using System.Management.Automation;
using MfaSts.Credentials;
using MfaSts.Errors;

namespace MfaSts.PowerShell.Hosting;

/// <summary>
/// Rows of access keys from the pipeline. They are read from a parameter that takes any object: whatever the engine itself refuses, it puts
/// whole into $Error, secret and all.
/// </summary>
internal sealed class PipedAccessKeys
{
    private readonly List<AccessKeyRow> _rows = [];

    /// <summary>How many rows came, those that could not be read among them.</summary>
    public int Count { get; private set; }

    /// <summary>The rows that could be read.</summary>
    public IReadOnlyList<AccessKeyRow> Rows => _rows;

    /// <summary>Adds a row.</summary>
    /// <exception cref="MfaException">CsvUnreadable: it is no such row. Nothing of it is told but the profile.</exception>
    public void Add(PSObject? row, bool hasKeysBesides)
    {
        Count++;
        string source = $"Object {Count} from the pipeline";
        if (hasKeysBesides)
        {
            throw MfaErrors.CsvUnreadable(null, source, "the keys are given by parameters already");
        }

        _rows.Add(AccessKeyRow.From(source, column => Value(row, column)));
    }

    private static string? Value(PSObject? row, string column)
    {
        try
        {
            return row?.Properties.FirstOrDefault(property => AccessKeyRow.IsColumn(property.Name, column))?.Value?.ToString();
        }
        catch (GetValueException)
        {
            // A property that is a script, and fails. Its words may hold what it worked on.
            return null;
        }
    }
}

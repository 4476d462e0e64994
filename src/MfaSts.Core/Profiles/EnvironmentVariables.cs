namespace MfaSts.Profiles;

/// <summary>
/// Environment variables, so that a test can give its own. An empty variable counts as absent, as it does for the AWS SDKs.
/// </summary>
public sealed class EnvironmentVariables
{
    private readonly Func<string, string?> _read;

    /// <summary>Variables from anywhere.</summary>
    /// <param name="read">Gives a variable's value, or null.</param>
    public EnvironmentVariables(Func<string, string?> read) => _read = read;

    /// <summary>The variables of this process, as they are at each question.</summary>
    public static EnvironmentVariables OfProcess { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>A variable's value, or null.</summary>
    public string? this[string name] => _read(name) is { Length: > 0 } value ? value : null;

    /// <summary>True when the variable says true, in any case (how the AWS SDKs read their switches).</summary>
    public bool IsTrue(string name) => string.Equals(this[name]?.Trim(), "true", StringComparison.OrdinalIgnoreCase);
}

namespace MfaSts.Aws;

/// <summary>
/// Takes variables out of the process's environment until disposed. An empty one stays: it says nothing, and .NET 8 could not put it back.
/// </summary>
internal sealed class HiddenVariables : IDisposable
{
    private readonly (string Name, string Value)[] _hidden;

    public HiddenVariables(params string[] names)
    {
        _hidden =
            [.. names.Select(name => (name, Environment.GetEnvironmentVariable(name) ?? string.Empty)).Where(
                pair => pair.Item2.Length > 0)];
        foreach (var (name, _) in _hidden)
        {
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    public void Dispose()
    {
        foreach (var (name, value) in _hidden)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}

using System.Xml.Linq;

namespace MfaSts.Sandbox.Query;

/// <summary>A service of AWS that speaks the Query protocol.</summary>
internal abstract class QueryService(string name, string version)
{
    internal string Name { get; } = name;

    /// <summary>The namespace of its answers.</summary>
    internal XNamespace Xmlns { get; } = $"https://{name}.amazonaws.com/doc/{version}/";

    protected abstract IReadOnlyDictionary<string, Func<QueryCall, object[]>> Operations { get; }

    /// <summary>Serves a call.</summary>
    /// <returns>The content of the answer's result element.</returns>
    /// <exception cref="Refusal">It is refused.</exception>
    internal object[] Invoke(string action, QueryCall call)
    {
        string? asked = call.Parameter("Version");
        if (action.Length == 0)
        {
            throw Refusals.MissingAction();
        }

        return asked == version && Operations.TryGetValue(action, out var operation)
            ? operation(call)
            : throw Refusals.InvalidAction(action, asked);
    }

    protected XElement Element(string name, params object[] content) => new(Xmlns + name, content);
}

using Amazon.Runtime;

namespace MfaSts.Aws;

/// <summary>A call of IAM's in the Query protocol: an action and its parameters.</summary>
internal sealed class IamRequest(string action) : AmazonWebServiceRequest
{
    private readonly Dictionary<string, string> _parameters = [];

    public string Action { get; } = action;

    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>Sets a parameter, unless the value is null.</summary>
    public IamRequest With(string name, string? value)
    {
        if (value is not null)
        {
            _parameters[name] = value;
        }

        return this;
    }
}

using System.Text.Json;

namespace MfaSts.Policies;

/// <summary>One statement of an IAM policy.</summary>
internal sealed class PolicyStatement
{
    private readonly string _sid;
    private readonly string _resource;
    private readonly IReadOnlyList<string> _actions;
    private readonly bool _isDenial;

    private PolicyStatement(string sid, string resource, IReadOnlyList<string> actions, bool isDenial) =>
        (_sid, _resource, _actions, _isDenial) = (sid, resource, actions, isDenial);

    /// <summary>Allows actions on a resource.</summary>
    public static PolicyStatement Allow(string sid, string resource, params IReadOnlyList<string> actions) =>
        new(sid, resource, actions, isDenial: false);

    /// <summary>Denies all but these actions when there was no MFA.</summary>
    public static PolicyStatement DenyWithoutMfa(string sid, IReadOnlyList<string> exceptions) => new(sid, "*", exceptions, isDenial: true);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("Sid", _sid);
        json.WriteString("Effect", _isDenial ? "Deny" : "Allow");
        json.WriteStartArray(_isDenial ? "NotAction" : "Action");
        foreach (string action in _actions)
        {
            json.WriteStringValue(action);
        }

        json.WriteEndArray();
        json.WriteString("Resource", _resource);
        if (_isDenial)
        {
            // Of a call with long-term keys the condition's key is not there at all: Bool alone would let it pass.
            json.WriteStartObject("Condition");
            json.WriteStartObject("BoolIfExists");
            json.WriteString("aws:MultiFactorAuthPresent", "false");
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}

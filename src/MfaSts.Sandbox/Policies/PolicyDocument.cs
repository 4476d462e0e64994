using System.Text.Json;

namespace MfaSts.Sandbox.Policies;

/// <summary>An IAM policy: of an identity, of a session, or a role's trust policy.</summary>
internal sealed class PolicyDocument
{
    /// <summary>AWS's words for a policy that is JSON and no policy.</summary>
    internal const string SyntaxError = "Syntax errors in policy.";

    private readonly List<PolicyStatement> _statements;

    private PolicyDocument(List<PolicyStatement> statements) => _statements = statements;

    /// <summary>Whether a statement says whom it means.</summary>
    internal bool HasPrincipal => _statements.Exists(statement => statement.HasPrincipal);

    /// <summary>Whether each statement says which resources it means.</summary>
    internal bool HasResources => _statements.TrueForAll(statement => statement.HasResource);

    /// <summary>Reads a policy.</summary>
    /// <exception cref="FormatException">It is none; the message is AWS's.</exception>
    internal static PolicyDocument Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var statement = json.RootElement.GetProperty("Statement");
            IEnumerable<JsonElement> statements = statement.ValueKind == JsonValueKind.Array ? statement.EnumerateArray() : [statement];
            return new([.. statements.Select(one => new PolicyStatement(one))]);
        }
        catch (JsonException)
        {
            throw new FormatException("This policy contains invalid Json");
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException(SyntaxError);
        }
    }

    /// <summary>What several policies together say: one denial outweighs every permission.</summary>
    internal static Decision Decide(IEnumerable<PolicyDocument> policies, PolicyRequest request)
    {
        var said = policies.Select(policy => policy.Decide(request)).ToHashSet();
        return said.Contains(Decision.Denied) ? Decision.Denied : said.Contains(Decision.Allowed) ? Decision.Allowed : Decision.Unsaid;
    }

    /// <summary>What the policy says of a request.</summary>
    internal Decision Decide(PolicyRequest request)
    {
        var matching = _statements.Where(statement => statement.Matches(request)).ToList();
        return matching.Exists(statement => statement.IsDenial) ? Decision.Denied : matching.Count > 0 ? Decision.Allowed : Decision.Unsaid;
    }
}

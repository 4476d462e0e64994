using MfaSts.Sandbox.Query;

namespace MfaSts.Sandbox.Signing;

/// <summary>The parts of an Authorization header of Signature Version 4.</summary>
internal sealed class AuthorizationHeader
{
    private AuthorizationHeader(string accessKeyId, CredentialScope scope, IReadOnlyList<string> signedHeaders, string signature)
    {
        AccessKeyId = accessKeyId;
        Scope = scope;
        SignedHeaders = signedHeaders;
        Signature = signature;
    }

    internal string AccessKeyId { get; }

    internal CredentialScope Scope { get; }

    internal IReadOnlyList<string> SignedHeaders { get; }

    internal string Signature { get; }

    /// <exception cref="Refusal">The header is missing or not of the form.</exception>
    internal static AuthorizationHeader Parse(string? header)
    {
        if (string.IsNullOrEmpty(header))
        {
            throw Refusals.MissingAuthenticationToken();
        }

        if (!header.StartsWith(SigV4.Algorithm + " ", StringComparison.Ordinal))
        {
            throw Refusals.UnsupportedAlgorithm(header.Split(' ')[0]);
        }

        var parameters = Parameters(header[(SigV4.Algorithm.Length + 1)..]);
        string[] missing = [.. ((string[])["Credential", "Signature", "SignedHeaders"]).Where(name => !parameters.ContainsKey(name))];
        if (missing.Length > 0)
        {
            throw Refusals.AuthorizationParametersMissing(missing);
        }

        string[] credential = parameters["Credential"].Split('/');
        return credential is [var id, var date, var region, var service, CredentialScope.Terminator]
            ? new AuthorizationHeader(
                id, new CredentialScope(date, region, service), parameters["SignedHeaders"].Split(';'), parameters["Signature"])
            : throw Refusals.CredentialMalformed(parameters["Credential"]);
    }

    /// <summary>The access key ID that a header names, for the log; null when there is none.</summary>
    internal static string? AccessKeyIdOf(string? header)
    {
        try
        {
            return Parse(header).AccessKeyId;
        }
        catch (Refusal)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Parameters(string text)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = pair.Split('=', 2);
            parameters[parts[0]] = parts.Length == 2 ? parts[1] : throw Refusals.NotAKeyValuePair(pair);
        }

        return parameters;
    }
}

namespace MfaSts.Sandbox.Signing;

/// <summary>What a signature is good for: one day, one region, one service.</summary>
internal sealed record CredentialScope(string Date, string Region, string Service)
{
    /// <summary>The last part of every scope.</summary>
    internal const string Terminator = "aws4_request";

    /// <inheritdoc/>
    public override string ToString() => $"{Date}/{Region}/{Service}/{Terminator}";
}

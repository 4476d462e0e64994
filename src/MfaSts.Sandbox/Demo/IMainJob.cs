namespace MfaSts.Sandbox.Demo;

/// <summary>Stores long-term keys and gets a session for one code, as a user would.</summary>
internal interface IMainJob
{
    /// <summary>Says by what it is done.</summary>
    string Introduction { get; }

    /// <summary>Does it.</summary>
    /// <returns>False when it failed; what failed is in the output.</returns>
    Task<bool> RunAsync(MainJobInput input, TextWriter output, CancellationToken cancellationToken);
}

namespace MfaSts.Sandbox.Demo;

/// <summary>Stores long-term keys, gets a session for one code, and takes a role with it, as a user would.</summary>
internal interface IMainJob
{
    /// <summary>Says by what it is done.</summary>
    string Introduction { get; }

    /// <summary>Stores the keys and gets the session.</summary>
    /// <returns>False when it failed; what failed is in the output.</returns>
    Task<bool> GetSessionAsync(MainJobInput input, TextWriter output, CancellationToken cancellationToken);

    /// <summary>Takes the role of a profile.</summary>
    /// <returns>False when it failed; what failed is in the output.</returns>
    Task<bool> TakeRoleAsync(MainJobInput input, string roleProfile, TextWriter output, CancellationToken cancellationToken);
}

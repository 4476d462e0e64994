namespace MfaSts.Cli.Terminal;

/// <summary>What differs by system for a program that meets a terminal, standard streams and other programs.</summary>
internal interface IProcessSystem
{
    /// <summary>The terminal of the person who runs the program.</summary>
    ITerminal Terminal { get; }

    /// <summary>The first thing that the program does.</summary>
    /// <returns>True when this process was a helper of another one and has done its work.</returns>
    bool Begin(string[] args);

    /// <summary>Keeps this process's memory, with keys in it, out of crash dumps.</summary>
    void ProtectMemory();

    /// <summary>Gives memory back that was needed for the start only.</summary>
    void ReleaseMemory();

    /// <summary>Writes to standard output, without .NET's console where that costs time.</summary>
    /// <returns>False when that failed.</returns>
    bool TryWrite(byte[] bytes);

    /// <summary>Runs the command of <c>exec</c> to its end.</summary>
    /// <param name="command">The program and its arguments.</param>
    /// <param name="variables">What is set in its environment.</param>
    /// <param name="removed">What is taken out of its environment.</param>
    /// <param name="error">Where it is said that the command cannot be run.</param>
    /// <returns>The exit code; where this process becomes the command, only when that cannot be run.</returns>
    int Run(string[] command, IReadOnlyDictionary<string, string> variables, IEnumerable<string> removed, TextWriter error);
}

using System.Runtime.InteropServices;
using MfaSts.Errors;
using MfaSts.Platform;

namespace MfaSts.Profiles;

/// <summary>Where the program <c>mfasts</c> is looked for and installed, by system.</summary>
public static class ProgramPlace
{
    /// <summary>The program's file name.</summary>
    public static string FileName => ThisSystem.Platform.ProgramName;

    /// <summary>
    /// The systems whose programs run here, the own one first: Windows and macOS on ARM also run those for x64.
    /// </summary>
    public static IReadOnlyList<string> Systems => SystemsFor(RuntimeInformation.RuntimeIdentifier);

    /// <summary>
    /// A folder of the user's own, where an AWS config file can name the program for years. Every SDK runs a path in it as it stands.
    /// </summary>
    /// <param name="variables">The environment.</param>
    /// <exception cref="MfaException">StoreUnsafe: another user has made it.</exception>
    public static string Folder(EnvironmentVariables variables) => ThisSystem.Platform.ProgramFolder(variables);

    internal static IReadOnlyList<string> SystemsFor(string identifier) => identifier is "win-arm64" or "osx-arm64"
        ? [identifier, identifier.Replace("arm64", "x64", StringComparison.Ordinal)]
        : [identifier];
}

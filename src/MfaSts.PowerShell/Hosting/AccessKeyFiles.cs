using System.Management.Automation;
using MfaSts.Credentials;
using MfaSts.Errors;

namespace MfaSts.PowerShell.Hosting;

/// <summary>CSV files of access keys by paths as PowerShell has them: relative to the shell's own location, no wildcards.</summary>
/// <param name="paths">The session's paths.</param>
internal sealed class AccessKeyFiles(PathIntrinsics paths)
{
    private const string FileSystem = "FileSystem";

    /// <summary>Reads a file.</summary>
    /// <exception cref="MfaException">CsvUnreadable, StoreAccessDenied.</exception>
    public AccessKeyCsv Read(string path) => AccessKeyCsv.Read(Resolve(path));

    private string Resolve(string path)
    {
        try
        {
            string resolved = paths.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == FileSystem
                ? resolved
                : throw NotThere(path, $"it is in PowerShell's {provider.Name}, not in the file system");
        }
        catch (Exception e) when (e is SessionStateException or ProviderInvocationException or NotSupportedException or ArgumentException)
        {
            throw NotThere(path, "there is no such path");
        }
    }

    private static MfaException NotThere(string path, string why) => MfaErrors.CsvUnreadable(null, $"'{path}'", why);
}

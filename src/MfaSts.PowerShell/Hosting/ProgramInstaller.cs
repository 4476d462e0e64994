using MfaSts.Errors;
using MfaSts.PowerShell.Loading;
using MfaSts.Profiles;

namespace MfaSts.PowerShell.Hosting;

/// <summary>
/// Puts the <c>mfasts</c> that ships with the module where an AWS config file can name it for years: a folder of the user's own, not the
/// module's, which carries a version and goes with an update.
/// </summary>
internal static class ProgramInstaller
{
    /// <summary>The program's lasting path; it is copied there when it is missing or another one than the module's.</summary>
    /// <exception cref="MfaException">ProgramMissing.</exception>
    public static string Install(string profile)
    {
        string? shipped = ProgramPlace.Systems
            .Select(system => Path.Combine(ModuleFolder.Path, system, ProgramPlace.FileName)).FirstOrDefault(File.Exists);
        if (shipped is null)
        {
            return OnPath() ?? throw MfaErrors.ProgramMissing(profile, ProgramPlace.Systems[0]);
        }

        string installed = Path.Combine(ProgramPlace.Folder(EnvironmentVariables.OfProcess), ProgramPlace.FileName);
        if (!IsSame(shipped, installed))
        {
            Copy(shipped, installed);
        }

        return installed;
    }

    private static string? OnPath() => (EnvironmentVariables.OfProcess["PATH"] ?? string.Empty)
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(Path.IsPathFullyQualified)
        .Select(folder => Path.Combine(folder, ProgramPlace.FileName))
        .FirstOrDefault(File.Exists);

    private static bool IsSame(string shipped, string installed) =>
        File.Exists(installed) && new FileInfo(installed).Length == new FileInfo(shipped).Length
        && File.ReadAllBytes(installed).AsSpan().SequenceEqual(File.ReadAllBytes(shipped));

    // Renamed into place: a program that is running is never written over, and never seen half-copied.
    private static void Copy(string shipped, string installed)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(installed)!);
            string temporary = installed + "." + Guid.NewGuid().ToString("N");
            File.Copy(shipped, temporary);
            if (!OperatingSystem.IsWindows())
            {
                // A package has no run bits.
                File.SetUnixFileMode(temporary, (UnixFileMode)0b111_101_101);
            }

            File.Move(temporary, installed, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw MfaErrors.StoreAccessDenied(installed, "written", e);
        }
    }
}

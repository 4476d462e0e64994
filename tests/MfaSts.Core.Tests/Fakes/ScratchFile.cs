namespace MfaSts.Tests.Fakes;

/// <summary>Files of a home folder that is thrown away.</summary>
internal static class ScratchFile
{
    /// <summary>Writes a file for its owner alone that is not mistaken for one that is being written just now.</summary>
    public static void Write(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(-5));
    }
}

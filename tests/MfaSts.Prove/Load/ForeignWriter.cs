using System.Text;

namespace MfaSts.Prove.Load;

/// <summary>A writer as there are many: it reads, thinks, cuts the file to nothing and writes it anew, and locks nothing.</summary>
internal static class ForeignWriter
{
    public static void Append(string path, string section, TimeSpan thinks)
    {
        string text = File.ReadAllText(path);
        Thread.Sleep(thinks);
        using var stream = new FileStream(path, FileMode.Truncate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        stream.Write(Encoding.UTF8.GetBytes(text + $"\n[{section}]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n"));
    }
}

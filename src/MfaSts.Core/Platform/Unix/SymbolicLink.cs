
namespace MfaSts.Platform.Unix;

/// <summary>Follows symbolic links by name, so that a temporary file can be made beside the real file.</summary>
internal static class SymbolicLink
{
    private const int MostLinks = 40;

    /// <summary>The file behind the links; the last one may lead to a file that is yet to be made.</summary>
    public static string Follow(string path) => new FileInfo(path).LinkTarget is null ? path : Walk(path);

    // File.ResolveLinkTarget takes '..' away before it looks at links, so it goes wrong where a link leads upwards out of a linked folder.
    private static string Walk(string path)
    {
        int links = 0;
        string walked = "/";
        var ahead = new Stack<string>();
        Push(ahead, path);
        while (ahead.TryPop(out string? part))
        {
            string next = part == ".." ? Path.GetDirectoryName(walked) ?? "/" : Path.Combine(walked, part);
            if (part == ".." || new FileInfo(next).LinkTarget is not { } target)
            {
                walked = next;
                continue;
            }

            if (++links > MostLinks)
            {
                throw LibC.Failure(LibC.TooManyLinks);
            }

            walked = target.StartsWith('/') ? "/" : walked;
            Push(ahead, target);
        }

        return walked;
    }

    private static void Push(Stack<string> ahead, string path)
    {
        string[] parts = path.Split('/');
        for (int i = parts.Length - 1; i >= 0; i--)
        {
            if (parts[i] is not ("" or "."))
            {
                ahead.Push(parts[i]);
            }
        }
    }
}

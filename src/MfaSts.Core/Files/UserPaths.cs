using System.Text;
using MfaSts.Platform;
using MfaSts.Profiles;

namespace MfaSts.Files;

/// <summary>
/// Reads paths as people write them into variables and settings that no shell has expanded: <c>$HOME/.aws/config</c>, <c>${HOME}</c>,
/// <c>%USERPROFILE%</c>, <c>~</c>, <c>~bob</c>. As botocore reads the two files' variables (configloader.raw_config_parse:
/// os.path.expandvars, then expanduser); a variable that is not set stays as it is written.
/// </summary>
/// <param name="variables">The environment.</param>
/// <param name="home">The home folder.</param>
/// <param name="currentFolder">What a relative path is relative to. Never the process's own current folder: PowerShell's is
/// another.</param>
internal sealed class UserPaths(EnvironmentVariables variables, string home, string currentFolder)
{
    /// <summary>The full path.</summary>
    public string Resolve(string path) =>
        Path.GetFullPath(ExpandHome(ExpandVariables(path, ThisSystem.Platform.HasPercentVariables)), currentFolder);

    /// <summary>Variables in a path. The forms of the other system are left alone: a folder may have such a name.</summary>
    internal string ExpandVariables(string path, bool hasPercentVariables)
    {
        var expanded = new StringBuilder(path.Length);
        for (int i = 0; i < path.Length;)
        {
            int length = path[i] == '$' ? Dollar(path, i, expanded)
                : path[i] == '%' && hasPercentVariables ? Percent(path, i, expanded)
                : 0;
            if (length == 0)
            {
                expanded.Append(path[i]);
            }

            i += Math.Max(length, 1);
        }

        return expanded.ToString();
    }

    private static bool IsNameCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    // The length of what was expanded, or 0.
    private int Dollar(string path, int start, StringBuilder expanded)
    {
        bool hasBrace = start + 1 < path.Length && path[start + 1] == '{';
        int first = start + (hasBrace ? 2 : 1);
        int end = first;
        while (end < path.Length && (hasBrace ? path[end] != '}' : IsNameCharacter(path[end])))
        {
            end++;
        }

        return hasBrace && end == path.Length ? 0 : Append(path[first..end], end - start + (hasBrace ? 1 : 0), expanded);
    }

    private int Percent(string path, int start, StringBuilder expanded)
    {
        int end = path.IndexOf('%', start + 1);
        return end < 0 ? 0 : Append(path[(start + 1)..end], end + 1 - start, expanded);
    }

    private int Append(string name, int length, StringBuilder expanded)
    {
        if (name.Length == 0 || (variables[name] ?? (name == "HOME" ? home : null)) is not { } value)
        {
            return 0;
        }

        expanded.Append(value);
        return length;
    }

    private string ExpandHome(string path)
    {
        if (!path.StartsWith('~'))
        {
            return path;
        }

        int end = path.AsSpan().IndexOfAny(ThisSystem.Platform.Separators);
        string user = path[1..(end < 0 ? path.Length : end)];
        string? folder = user.Length == 0 ? home : ThisSystem.Platform.HomeOf(user, home);
        return folder is null ? path : folder + (end < 0 ? string.Empty : path[end..]);
    }
}

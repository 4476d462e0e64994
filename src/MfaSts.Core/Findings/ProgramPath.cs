using MfaSts.Profiles;

namespace MfaSts.Findings;

/// <summary>Whether the program of a shell command is there. What a shell would have to be asked about counts as there.</summary>
/// <param name="variables">PATH, HOME and, on Windows, PATHEXT.</param>
/// <param name="isWindows">The command is one for cmd.exe.</param>
internal sealed class ProgramPath(EnvironmentVariables variables, bool? isWindows = null)
{
    // Of sh and of cmd.exe: what they do themselves, and words that begin more than one command.
    private static readonly HashSet<string> ShellWordsOfOwn =
    [
        ".", ":", "[", "alias", "break", "call", "case", "cd", "command", "copy", "del", "dir", "echo", "eval", "exec", "exit", "export",
        "false", "for", "if", "printf", "pushd", "read", "return", "set", "shift", "start", "test", "time", "trap", "true", "type",
        "umask", "unset", "until", "while",
    ];

    private readonly bool _isWindows = isWindows ?? Path.DirectorySeparatorChar == '\\';

    /// <summary>The program's name when it is not there or cannot be run; else null.</summary>
    public string? Missing(string command)
    {
        string program = FirstWord(command);
        string signs = _isWindows ? "_.-+@/~ ,()&\\:" : "_.-+@/~ ,()&";
        bool isPlain = program.Length > 0 && program.All(c => char.IsLetterOrDigit(c) || signs.Contains(c, StringComparison.Ordinal));
        return !isPlain || ShellWordsOfOwn.Contains(program) || Candidates(program).Any(IsProgram) ? null : program;
    }

    private static string FirstWord(string command)
    {
        command = command.Trim();
        if (command.Length > 0 && command[0] is '"' or '\'' && command.IndexOf(command[0], 1) is > 0 and var end)
        {
            return command[1..end];
        }

        // A semicolon, a pipe or an assignment is for the shell to read.
        string word = command.Split(' ', '\t')[0];
        return word.IndexOfAny(['(', ')', '&']) >= 0 ? string.Empty : word;
    }

    private IEnumerable<string> Candidates(string program)
    {
        string[] endings = _isWindows ? ["", .. (variables["PATHEXT"] ?? ".EXE;.CMD;.BAT;.COM").Split(';')] : [""];
        if (program.StartsWith("~/", StringComparison.Ordinal) && variables["HOME"] is { } home)
        {
            program = home + program[1..];
        }

        bool hasFolder = program.AsSpan().IndexOfAny(_isWindows ? "/\\" : "/") >= 0;
        string[] folders = hasFolder ? [""] : (variables["PATH"] ?? string.Empty).Split(_isWindows ? ';' : ':');
        return folders.SelectMany(folder => endings.Select(ending => Path.Combine(folder, program + ending)));
    }

    // A relative path is relative to the folder in which the command will run, which nobody knows.
    private static bool IsProgram(string path) =>
        !Path.IsPathRooted(path) || (File.Exists(path) && (new FileInfo(path).UnixFileMode & AnyMayRun) != 0);

    private const UnixFileMode AnyMayRun = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
}

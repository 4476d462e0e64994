using MfaSts.Errors;

namespace MfaSts.Cli;

/// <summary>The program's exit codes. Scripts may depend on them: a catalogued error keeps its number.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary><c>status</c>: there is no usable session.</summary>
    public const int NotUsable = 1;

    /// <summary><c>doctor</c>: there are findings.</summary>
    public const int HasFindings = 1;

    /// <summary>The command line makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>Standard output could not be written (EX_IOERR of sysexits.h).</summary>
    public const int NotWritten = 74;

    /// <summary><c>exec</c>: the command is there but cannot be run, as shells count it.</summary>
    public const int NotExecutable = 126;

    /// <summary><c>exec</c>: there is no such command, as shells count it.</summary>
    public const int NotFound = 127;

    /// <summary>Ended since the terminal went away (SIGHUP), as shells count it.</summary>
    public const int HungUp = 129;

    /// <summary>Ended by SIGTERM, as shells count it.</summary>
    public const int Terminated = 143;

    /// <summary>Ended by Ctrl+C, as shells count it.</summary>
    public const int Interrupted = 130;

    private const int FirstError = 10;

    /// <summary>10 for the catalogue's first identifier, 11 for its second, and so on; new identifiers come at its end.</summary>
    public static int Of(MfaErrorId id) => FirstError + (int)id;
}

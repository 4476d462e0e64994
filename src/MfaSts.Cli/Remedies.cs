namespace MfaSts.Cli;

/// <summary>The catalogue's remedies name cmdlets. Where the program has a command for the same, its users are told that one.</summary>
internal static class Remedies
{
    private static readonly (string Cmdlet, string Command)[] Counterparts =
    [
        ("Get-MfaSessionToken -Profile ", "mfasts login "),
        ("Set-MfaLongTermCredential -Profile ", "mfasts init "),
        ("Import-MfaLongTermCredential -Profile ", "mfasts import "),
        (" -SessionProfile ", " --session-profile "),
        (" -SerialNumber ", " --serial-number "),
        ("with -Force", "with --force"),
        ("Remove-MfaSession -Profile ", "mfasts logout "),
        ("Remove-Item -LiteralPath ", "rm "),
        ("try -Region ", "try --region "),
        ("Use-MfaSession ", "mfasts env "),
        ("give -TokenCode", "give --token-code"),
        ("-TokenCode ", "--token-code "),
        ("a -Duration ", "a --duration "),
        ("with -Region", "with --region"),
        ("a -Region ", "a --region "),
        ("as -SerialNumber,", "as --serial-number,"),
        (" in an interactive shell", " in a terminal"),
    ];

    public static string ForProgram(string remedy) =>
        Counterparts.Aggregate(remedy, (text, pair) => text.Replace(pair.Cmdlet, pair.Command, StringComparison.Ordinal));
}

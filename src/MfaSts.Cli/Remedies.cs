namespace MfaSts.Cli;

/// <summary>The catalogue's remedies name cmdlets. Where the program has a command for the same, its users are told that one.</summary>
internal static class Remedies
{
    private static readonly (string Cmdlet, string Command)[] Counterparts =
    [
        ("Get-MfaSessionToken -Profile ", "mfasts login "),
        ("Set-MfaLongTermCredential -Profile ", "mfasts init "),
        ("Import-MfaLongTermCredential -Profile ", "mfasts import "),
        ("Repair-MfaProfile -Profile ", "mfasts doctor --fix "),
        ("Open-MfaConsole -Profile ", "mfasts console "),
        ("Remove-MfaSession -Profile ", "mfasts logout "),
        ("Remove-Item -LiteralPath ", "rm "),
        ("Use-MfaSession ", "mfasts env "),
        (" in an interactive shell", " in a terminal"),
    ];

    private static readonly (string Parameter, string Option)[] Options =
    [
        (" -Duration", " --duration"),
        (" -Force", " --force"),
        (" -PassThru", " --print"),
        (" -Region", " --region"),
        (" -RoleArn", " --role-arn"),
        (" -SerialNumber", " --serial-number"),
        (" -SessionProfile", " --session-profile"),
        (" -Store", " --store"),
        (" -TokenCode", " --token-code"),
    ];

    public static string ForProgram(string remedy)
    {
        const string cmdlet = "-Mfa";
        string text = Replace(remedy, Counterparts);

        // A cmdlet that has no counterpart keeps its parameters.
        return text.Contains(cmdlet, StringComparison.Ordinal) ? text : Replace(text, Options);
    }

    private static string Replace(string text, (string Old, string New)[] words) =>
        words.Aggregate(text, (changed, pair) => changed.Replace(pair.Old, pair.New, StringComparison.Ordinal));
}

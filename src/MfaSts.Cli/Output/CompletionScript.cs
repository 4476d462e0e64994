namespace MfaSts.Cli.Output;

/// <summary>The scripts that ask the program itself for completions (System.CommandLine's suggest directive).</summary>
internal static class CompletionScript
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            _mfasts() {
                # Readline's word may begin behind a ':' or '@' of ours: what stands before that is not to be given again.
                local found line="${COMP_LINE:0:COMP_POINT}"
                local word="${line##*[[:space:]]}"
                COMPREPLY=()
                while IFS= read -r found; do
                    [[ $found == "$word"* ]] && COMPREPLY+=("${found#"${word%"$2"}"}")
                done < <(mfasts "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
            }
            complete -o default -F _mfasts mfasts

            """,
        ["zsh"] = """
            _mfasts() {
                local -a found
                found=("${(@f)$(mfasts "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
                compadd -- $found
            }
            compdef _mfasts mfasts

            """,
        ["fish"] = """
            complete -c mfasts -f -a '(set -l line (commandline -cp); mfasts "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)'

            """,
        ["powershell"] = """
            Register-ArgumentCompleter -Native -CommandName mfasts -ScriptBlock {
                param($word, $ast, $position)
                mfasts "[suggest:$position]" "$ast" 2>$null | Where-Object { $_ -like "$word*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """,
    };

    public static IEnumerable<string> Shells => Scripts.Keys;

    public static string For(string shell) => Scripts[shell].ReplaceLineEndings("\n");
}

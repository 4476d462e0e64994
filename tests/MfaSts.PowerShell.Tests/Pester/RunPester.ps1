# Runs one Pester file and writes what came of it as JSON.
param([string] $Pester, [string] $File, [string] $Result)

Import-Module $Pester
$configuration = New-PesterConfiguration
$configuration.Run.Path = $File
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'
$run = Invoke-Pester -Configuration $configuration

$failures = foreach ($broken in @($run.Failed) + @($run.FailedBlocks) + @($run.FailedContainers)) {
    if ($broken) {
        "$($broken.ExpandedPath ?? $broken.Item)`n" + (($broken.ErrorRecord | ForEach-Object { "$_`n" + ($_.ScriptStackTrace -split '\n' -match 'Tests\.ps1' -join "`n") }) -join "`n")
    }
}

@{
    Passed      = $run.PassedCount
    Failed      = $run.FailedCount
    Skipped     = $run.SkippedCount
    Failures    = @($failures)
    SkipReasons = @($run.Skipped | Where-Object { $_ } | ForEach-Object { "$($_.ExpandedPath): $($_.ErrorRecord)" })
} | ConvertTo-Json | Set-Content -LiteralPath $Result

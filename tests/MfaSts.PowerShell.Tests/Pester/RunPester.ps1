# Runs one Pester file and writes what came of it as JSON.
param([string] $File, [string] $Result)

$pester = Get-Module Pester -ListAvailable | Where-Object Version -GE '5.0' | Sort-Object Version -Descending | Select-Object -First 1
if (-not $pester) {
    @{ HasPester = $false } | ConvertTo-Json | Set-Content -LiteralPath $Result
    return
}

Import-Module $pester.Path
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
    HasPester   = $true
    Passed      = $run.PassedCount
    Failed      = $run.FailedCount
    Skipped     = $run.SkippedCount
    Failures    = @($failures)
    SkipReasons = @($run.Skipped | Where-Object { $_ } | ForEach-Object { "$($_.ExpandedPath): $($_.ErrorRecord)" })
} | ConvertTo-Json | Set-Content -LiteralPath $Result

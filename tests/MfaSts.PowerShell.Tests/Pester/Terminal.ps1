# Dot-sourced behind Support.ps1 by files that need a real terminal.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Helpers of tests.')]
param()

$Ready = 'PS-READY> '
$Enter = "`r"
$CtrlC = [string][char]3

# Why there is no terminal here, or nothing.
function Get-TerminalLack {
    if ($IsWindows) { 'a pty needs Unix' }
    elseif (-not (Get-Command python3 -ErrorAction Ignore)) { 'python3 is not on PATH' }
}

# Starts an interactive pwsh on a terminal, with the module imported, and lets it go through the steps. They begin at its first prompt, or before it when a
# line is given that runs as it would in $PROFILE.
function Start-Terminal([hashtable[]] $Steps, [string] $ProfileLine, [switch] $PSReadLine, [string[]] $Options) {
    $base = Join-Path $env:PESTER_SCRATCH ([guid]::NewGuid().ToString('N'))
    $setup = "$($PSReadLine ? '' : 'Remove-Module PSReadLine -ErrorAction Ignore; ')Import-Module '$env:PESTER_MODULE'; function prompt { '$Ready' }; $ProfileLine"
    @{
        command     = @('pwsh', '-NoProfile', '-NoLogo') + @($Options | Where-Object { $_ }) + @('-NoExit', '-Command', $setup)
        environment = @{ HOME = $env:HOME }
        steps       = @(if (-not $ProfileLine) { @{ expect = $Ready } }) + $Steps
    } | ConvertTo-Json -Depth 5 | Set-Content "$base.script"
    # Without its own streams it would hold this process's pipes open.
    $process = Start-Process python3 -ArgumentList "$PSScriptRoot/terminal.py", "$base.script", "$base.result" -PassThru -RedirectStandardOutput "$base.out" -RedirectStandardError "$base.err"
    [pscustomobject]@{ Process = $process; Base = $base }
}

# Waits for the end of it; fails with the screen when a step was not reached.
function Complete-Terminal($Terminal) {
    $Terminal.Process.WaitForExit()
    if (-not (Test-Path "$($Terminal.Base).result")) { throw (Get-Content "$($Terminal.Base).err" -Raw) }
    $result = Get-Content "$($Terminal.Base).result" -Raw | ConvertFrom-Json
    if ($result.missed) { throw "Not reached: $($result.missed | ConvertTo-Json -Compress)`n$($result.screen)" }
    $result
}

function Invoke-Terminal([hashtable[]] $Steps, [string] $ProfileLine, [switch] $PSReadLine, [string[]] $Options) {
    Complete-Terminal (Start-Terminal @PSBoundParameters)
}

function Enter-Line([string] $Text) { @{ send = $Text + $Enter } }

function Wait-File([string] $Path) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (Test-Path $Path)) {
        if ($clock.Elapsed.TotalSeconds -gt 600) { throw "$Path did not appear." }
        Start-Sleep -Milliseconds 50
    }
}

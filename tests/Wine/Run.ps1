# What of the tests is about Windows, run on Wine: files, access lists, commands, and many processes at once. Wine is evidence and no proof; see
# docs/windows.md. On Windows itself 'dotnet test' runs the same tests.
$ErrorActionPreference = 'Stop'
$wine = '/usr/lib/wine/wine64', '/usr/bin/wine64', '/usr/bin/wine' | Where-Object { Test-Path $_ } | Select-Object -First 1
if ($IsWindows) { throw 'This is Windows: run dotnet test.' }
if (-not $wine) { throw 'Wine is not on this machine. On Debian it comes with: apt-get install wine64' }

$root = (Resolve-Path $PSScriptRoot/../..).Path
$folder = Join-Path $root out windows core-tests
& dotnet publish (Join-Path $root tests MfaSts.Core.Tests) --configuration Release --runtime win-x64 --self-contained --output $folder --nologo -v q | Out-Host
if ($LASTEXITCODE -ne 0) { throw 'The tests could not be published for Windows. NuGet must have the runtime of win-x64.' }

# Its own disk and registry; nothing said of what Wine lacks; no debugger, which would keep a process that has died.
$env:WINEPREFIX = Join-Path $root out windows wine
$env:WINEARCH = 'win64'
$env:WINEDEBUG = '-all'
$env:WINEDLLOVERRIDES = 'winedbg.exe=d'
$env:DOTNET_TieredPGO = '0'

# Through files: Wine's services inherit standard output and would hold a pipe open for ever. Without rights for others, since Wine gives plain files
# the Unix rights of whoever runs it.
function Invoke-Wine([string] $Name, [string] $Words, [int] $Seconds) {
    $log = Join-Path $root out windows "$Name.log"
    & /bin/sh -c "umask 077; exec timeout -k 5 $Seconds '$wine' $Words >'$log' 2>&1 </dev/null"
    $script:Code = $LASTEXITCODE
    $log
}

if (-not (Test-Path $env:WINEPREFIX)) { $null = Invoke-Wine boot 'wineboot -i' 300 }

$failed = $false
foreach ($part in @(
        @{ Name = 'files'; Words = "-class 'MfaSts.Tests.Files.*' -trait- System=Unix"; Seconds = 600 }
        @{ Name = 'windows-files'; Words = "-class 'MfaSts.Tests.Platform.WindowsFileTests'"; Seconds = 600 }
        @{ Name = 'windows-processes'; Words = "-class 'MfaSts.Tests.Platform.WindowsProcessTests'"; Seconds = 1200 }
    )) {
    $log = Invoke-Wine $part.Name "'$folder/MfaSts.Core.Tests.exe' -noColor $($part.Words)" $part.Seconds
    $total = Select-String -LiteralPath $log -Pattern 'Total: .*' | ForEach-Object { $_.Matches[0].Value }
    "$($part.Name): $($total ?? "ended with exit code $Code and without a result, see $log")"
    if ($Code -ne 0 -or -not $total) {
        Get-Content -LiteralPath $log | Select-Object -Last 40
        $failed = $true
    }
}

# The cmdlets, in the engine for Windows. The service that they talk to runs on this system.
foreach ($build in "publish $root/tests/MfaSts.WindowsHost --configuration Release --output $root/out/windows/host", "build $root/tests/MfaSts.PowerShell.Tests") {
    & dotnet @($build -split ' ') --nologo -v q | Out-Host
    if ($LASTEXITCODE -ne 0) { throw "Failed with exit code ${LASTEXITCODE}: dotnet $build" }
}
$env:WINE = $wine
$env:MFASTS_PWSH = Join-Path $PSScriptRoot pwsh
foreach ($name in Get-Content (Join-Path $PSScriptRoot PesterFiles.txt)) {
    $log = Join-Path $root out windows "pester-$name.log"
    & /bin/sh -c "exec timeout -k 5 1200 dotnet '$root/tests/MfaSts.PowerShell.Tests/bin/Debug/net10.0/MfaSts.PowerShell.Tests.dll' -noColor -trait File=$name >'$log' 2>&1 </dev/null"
    "pester, ${name}: $($LASTEXITCODE -eq 0 ? 'passed' : "failed, see $log")"
    $failed = $failed -or $LASTEXITCODE -ne 0
}

exit [int]$failed

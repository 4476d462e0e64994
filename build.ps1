#!/usr/bin/env pwsh
<#
.SYNOPSIS
    A thin front over dotnet and Pester.
.DESCRIPTION
    Build   builds everything and stages the module at out/MfaSts
    Test    runs all tests, Pester's included
    Try     performs the main job against the sandbox, step by step
    Prove   proves that nothing is lost and nothing leaks, under faults, load and bad input; -Long is for a person with an hour
    Package makes out/packages: the gallery package with the native program and the precompiled assemblies of this system in it, and an archive of that program alone
    Clean   removes what a build leaves
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Try', 'Prove', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # Prove: a million inputs, half an hour of random operations, and every fault in every place.
    [switch] $Long,

    # Package: other systems that the assemblies are precompiled for as well, such as win-x64 or osx-arm64. NuGet must have the runtime of each.
    [string[]] $AlsoFor = @()
)

$ErrorActionPreference = 'Stop'

function Invoke-Step([scriptblock] $Step) {
    & $Step | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "Failed with exit code ${LASTEXITCODE}: $Step"
    }
}

Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { dotnet build --configuration $Configuration }
        'Test' { dotnet test --configuration $Configuration }
        'Try' { dotnet run --configuration $Configuration --project src/MfaSts.Sandbox }
        'Prove' { dotnet run --configuration Release --project tests/MfaSts.Prove -- @(if ($Long) { '--long' }) }
        'Package' {
            $system = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
            $version = (Import-PowerShellDataFile MfaSts.psd1).ModuleVersion
            $program = "out/program/$system"
            Invoke-Step { dotnet build --configuration Release src/MfaSts.PowerShell }
            Invoke-Step { dotnet publish src/MfaSts.Cli --configuration Release --runtime $system -p:Native=true --output $program }
            $name = if ($IsWindows) { 'mfasts.exe' } else { 'mfasts' }
            $null = New-Item out/packages, "out/MfaSts/bin/$system" -ItemType Directory -Force
            Copy-Item "$program/$name" "out/MfaSts/bin/$system"
            foreach ($runtime in @($system) + $AlsoFor | Select-Object -Unique) {
                Invoke-Step { dotnet publish src/MfaSts.Aws --configuration Release --runtime $runtime -p:PublishReadyToRun=true }
            }
            Invoke-Step { dotnet pack src/MfaSts.PowerShell --configuration Release --no-build --output out/packages }
            Invoke-Step { tar -czf "out/packages/mfasts-$version-$system.tar.gz" -C $program $name -C $PSScriptRoot LICENSE }
            Get-ChildItem out/packages, out/MfaSts -Recurse -File | Select-Object Length, @{ Name = 'File'; Expression = { $_.FullName.Substring($PSScriptRoot.Length + 1) } } |
                Format-Table -AutoSize | Out-Host
        }
        'Clean' {
            Get-ChildItem src, tests -Recurse -Directory -Include bin, obj | Remove-Item -Recurse -Force
            Remove-Item out, TestResults -Recurse -Force -ErrorAction Ignore
            $global:LASTEXITCODE = 0
        }
    }
}
finally {
    Pop-Location
}

exit $LASTEXITCODE

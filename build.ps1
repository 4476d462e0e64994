#!/usr/bin/env pwsh
<#
.SYNOPSIS
    A thin front over dotnet and Pester.
.DESCRIPTION
    Build   builds everything and stages the module at out/MfaSts
    Test    runs all tests, Pester's included
    Try     performs the main job against the sandbox, step by step
    Prove   proves that nothing is lost and nothing leaks, under faults, load and bad input; -Long is for a person with an hour
    Windows runs on Wine what of the tests is about Windows; on Windows itself, 'dotnet test' runs it with the rest
    Package makes out/packages: the gallery package with the native program and the precompiled assemblies of this system in it, and an archive of that program alone
    Clean   removes what a build leaves
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Try', 'Prove', 'Windows', 'Package', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # Prove: a million inputs, half an hour of random operations, and every fault in every place.
    [switch] $Long,

    # Package: other systems that the assemblies are precompiled and the program is made for as well, such as win-x64 or osx-arm64. NuGet must have the
    # runtime of each. A native program is made for this system alone; theirs is one file with the runtime in it.
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
        'Windows' { & ./tests/Wine/Run.ps1 }
        'Package' {
            $system = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
            $version = (Import-PowerShellDataFile MfaSts.psd1).ModuleVersion
            Invoke-Step { dotnet build --configuration Release src/MfaSts.PowerShell }
            $null = New-Item out/packages -ItemType Directory -Force
            foreach ($runtime in @($system) + $AlsoFor | Select-Object -Unique) {
                $program = "out/program/$runtime"
                $kind = if ($runtime -eq $system) { 'Native' } else { 'SingleFile' }
                $name = if ($runtime -like 'win-*') { 'mfasts.exe' } else { 'mfasts' }
                Invoke-Step { dotnet publish src/MfaSts.Cli --configuration Release --runtime $runtime "-p:$kind=true" --output $program }
                $null = New-Item "out/MfaSts/bin/$runtime" -ItemType Directory -Force
                Copy-Item "$program/$name" "out/MfaSts/bin/$runtime"
                Invoke-Step { dotnet publish src/MfaSts.Aws --configuration Release --runtime $runtime -p:PublishReadyToRun=true }
                Invoke-Step { tar -czf "out/packages/mfasts-$version-$runtime.tar.gz" -C $program $name -C $PSScriptRoot LICENSE }
            }
            Invoke-Step { dotnet pack src/MfaSts.PowerShell --configuration Release --no-build --output out/packages }
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

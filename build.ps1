#!/usr/bin/env pwsh
<#
.SYNOPSIS
    A thin front over dotnet and Pester.
.DESCRIPTION
    Build   builds everything and stages the module at out/MfaSts
    Test    runs all tests, Pester's included
    Try     performs the main job against the sandbox, step by step
    Clean   removes what a build leaves
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Try', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
Push-Location $PSScriptRoot
try {
    switch ($Task) {
        'Build' { dotnet build --configuration $Configuration }
        'Test' { dotnet test --configuration $Configuration }
        'Try' { dotnet run --configuration $Configuration --project src/MfaSts.Sandbox }
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

# Dot-sourced behind Help.ps1: the command lines of the README and the guide, and a home in which they run.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Helpers of tests.')]
param()

$script:RepositoryRoot = (Resolve-Path "$PSScriptRoot/../../..").Path
$script:Program = Get-ChildItem "$RepositoryRoot/src/MfaSts.Cli/bin/$env:PESTER_CONFIGURATION/*/mfasts", "$RepositoryRoot/src/MfaSts.Cli/bin/$env:PESTER_CONFIGURATION/*/mfasts.exe" -ErrorAction Ignore |
    Select-Object -First 1

$script:OfModule = '\b[A-Z][a-z]+-Mfa[A-Za-z]+|Invoke-Expression'
$script:OfProgram = '(?<![\w/])mfasts (-|[a-z])'

# The command lines of a page: its blocks, and what stands in backquotes, when a cmdlet or mfasts is in it. The name of a cmdlet alone is only a name.
function Get-GuideLine([string] $Page) {
    $text = Get-Content (Join-Path $RepositoryRoot $Page) -Raw
    $words = [regex]::Replace($text, '(?ms)^```.*?^```$', '')
    @(
        Get-CodeBlock $text powershell
        Get-CodeBlock $text sh
        [regex]::Matches($words, '`([^`\n]+)`') | ForEach-Object { $_.Groups[1].Value.Replace('\|', '|') -replace '^credential_process = ' } |
            Where-Object { $_ -notmatch '^[A-Z][a-z]+-Mfa\w+$' -and $_ -notmatch '^\./' }
    ) | Where-Object { $_ -cmatch "$OfModule|$OfProgram" }
}

function Test-ModuleLine([string] $Line) { $Line -cmatch $OfModule }

function Get-CodeSetting([string] $Name, [string] $Code) {
    $path = Join-Path $env:HOME "code-$Name"
    Set-Content $path $Code
    "mfa_process = $($IsWindows ? 'type' : 'cat') ""$path"""
}

# The home of the help's examples, where a code can also be had from a command, with the key and the programs that the guide names besides.
function New-GuideHome {
    New-ExampleHome
    Set-Content (Get-ConfigPath) '[profile prod]', 'region = eu-central-1', (Get-CodeSetting prod $global:code)
    $role = New-SandboxRole -Other -Mfa -Tags -SourceIdentity -Maximum 43200
    Add-Content (Get-ConfigPath) '[profile admin]', "role_arn = $($role.RoleArn)", 'source_profile = prod'
    Add-LongTermKey (New-SandboxUser) test
    $user = New-SandboxUser
    Add-Content (Get-CredentialsPath) '[team-my-keys]', "aws_access_key_id = $($user.AccessKeyId)", "aws_secret_access_key = $($user.SecretAccessKey)", "aws_mfa_device = $($user.SerialNumber)"
    Add-Content (Get-ConfigPath) '[profile team-my-keys]', (Get-CodeSetting team (Get-Code $user))
    if (-not $IsWindows) { chmod 600 (Get-CredentialsPath) (Get-ConfigPath) }
    $env:GITHUB_ENV = Join-Path $env:HOME github
    foreach ($name in 'docker', 'terraform', 'pwsh') {
        Copy-Item (Get-Command aws).Source (Join-Path $env:HOME bin ($IsWindows ? "$name.exe" : $name))
    }
    if (-not $IsWindows) {
        Set-Content (Join-Path $env:HOME bin mfasts) '#!/bin/sh', "exec '$Program' ""`$@"""
    }
}

# The first home again, as it was: a new one is only needed where a code is spent or a key replaced.
function Use-GuideHome([string] $Line) {
    if ($Line -cmatch '[Ff]orce|CODE|\$code|Update-|team-|Duration|logout|session-profile|SessionProfile') {
        New-GuideHome
        return
    }
    Clear-MfaSession -ErrorAction Ignore
    if (-not $script:FirstHome) {
        New-GuideHome
        $script:FirstHome, $script:FirstCode = $env:HOME, $global:code
        $script:FirstFiles = @{}
        foreach ($file in (Get-CredentialsPath), (Get-ConfigPath), "$env:HOME/accessKeys.csv", "$env:HOME/keys.csv") { $FirstFiles[$file] = [System.IO.File]::ReadAllBytes($file) }
    }
    $env:HOME = $env:USERPROFILE = $script:FirstHome
    $global:code = $script:FirstCode
    foreach ($file in $FirstFiles.GetEnumerator()) { [System.IO.File]::WriteAllBytes($file.Key, $file.Value) }
    (Get-PSProvider FileSystem).Home = $env:HOME
    Set-Location $env:HOME
    $env:PATH = (Join-Path $env:HOME bin) + [System.IO.Path]::PathSeparator + $script:UsualPath
    Remove-Item env:AWS_PROFILE -ErrorAction Ignore
}

# A line with what stands there for its words in capitals.
function Expand-GuideLine([string] $Line) {
    $key = (Get-Content (Get-CredentialsPath) | Select-String '^\[prod-long-term\]$' -Context 0, 3).Context.PostContext -replace '^.* = '
    $values = @{ ID = $key[0]; ARN = $key[2]; CODE = $global:code; FILE = './accessKeys.csv'; COMMAND = 'true'; ROLE = (Get-Content (Get-ConfigPath) | Select-String '^role_arn = (.*)').Matches[0].Groups[1].Value }
    $Line -creplace '\b(ID|ARN|CODE|FILE|COMMAND|ROLE)\b', { $values[$_.Value] }
}

# What ends a line with an error: its ID, or its text. One statement after the other, as they are typed at the prompt.
function Get-ModuleLineError([string] $Line) {
    $ErrorActionPreference = 'Stop'
    $ConfirmPreference = 'None'
    $tree = [System.Management.Automation.Language.Parser]::ParseInput((Expand-GuideLine $Line), [ref] $null, [ref] $null)
    foreach ($statement in $tree.EndBlock.Statements) {
        try { $null = . ([scriptblock]::Create($statement.Extent.Text)) *>&1 }
        catch { $_.FullyQualifiedErrorId -like '*,MfaSts.*' ? ($_.FullyQualifiedErrorId -split ',')[0] : "$($statement.Extent.Text): $_" }
    }
}

# fish's own source reads standard input.
$script:Fish = 'source() { if [ $# -eq 0 ]; then cat > /dev/null; else builtin source "$@"; fi; }'

# The endpoint serves until it is told to stop.
$script:Serve = 'mfasts() { if [ "$1" != serve ]; then command mfasts "$@"; return; fi; rm -f "$HOME/served"; (exec mfasts "$@" > "$HOME/served") & ' +
    'while [ ! -s "$HOME/served" ] && kill -0 $!; do sleep 0.1; done; kill $!; wait $!; }'

# Without a terminal, on which mfasts would ask whoever runs the tests.
function Get-ProgramLineError([string] $Line) {
    $env:AWS_PROFILE = 'prod'
    $said = setsid -w bash -c "$Fish`n$Serve`n$(Expand-GuideLine $Line)" 2>&1
    if ($LASTEXITCODE -ne 0) { "exit code ${LASTEXITCODE}: $said" }
}

# What AWS.Tools' cmdlet takes.
function global:Set-AWSCredential {
    param(
        [Parameter(ValueFromPipelineByPropertyName)] [string] $AccessKey,
        [Parameter(ValueFromPipelineByPropertyName)] [string] $SecretKey,
        [Parameter(ValueFromPipelineByPropertyName)] [string] $SessionToken,
        [string] $StoreAs
    )
    process { if (-not ($AccessKey -and $SecretKey -and $SessionToken)) { throw "No session came for '$StoreAs'." } }
}

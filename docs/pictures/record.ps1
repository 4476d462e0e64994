#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Makes the README's pictures: types sessions into a PowerShell on a real terminal (tmux), against the sandbox, and draws what the screen then shows.
.DESCRIPTION
    By hand, after a change of what is seen: ./docs/pictures/record.ps1, and look at them. Needs tmux, the AWS CLI and PowerShell 7.5 or later on Linux or macOS.
    Pictures.Tests.ps1 records again, and compares.
#>
[CmdletBinding()]
param(
    # Where the pictures go.
    [string] $Destination = $PSScriptRoot,

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    # What was built is taken as it is.
    [switch] $NoBuild
)

$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)
$columns = 97

# What the credentials file holds before; {1} of a session is its end.
$keys = "[{0}-long-term]`naws_access_key_id = {1}`naws_secret_access_key = {2}`naws_mfa_device = {3}`n"
$session = "[{0}]`naws_access_key_id = ASIAIOSFODNN7EXAMPLE`naws_secret_access_key = s`naws_session_token = t`nexpiration = {1:yyyy-MM-ddTHH:mm:ssZ}`nmanager = mfasts`n"

$pictures = @(
    @{
        Name        = 'session'
        Title       = 'A PowerShell terminal: one MFA code gives a session, which the AWS CLI uses at once; Get-MfaSession lists the sessions and the time each has left; a code given twice is not sent again.'
        ProfileLine = 'Import-Module MfaSts', 'function prompt { "PS> " }'
        Accounts    = [ordered]@{ staging = '210987654321'; test = '135792468013'; lab = '135792468013' }
        Sessions    = [ordered]@{ staging = '03:24:30'; test = '00:41:30'; lab = '-02:00:00' }
        Typed       = 'Use-MfaSession prod', '{code}', 'aws sts get-caller-identity', 'Get-MfaSession', 'Use-MfaSession prod -Force -TokenCode {code}'
    }
    @{
        Name        = 'renewal'
        Title       = 'A PowerShell terminal with MfaSts in $PROFILE: a session that is about to expire is renewed at the first prompt, which then shows the profile and the time left.'
        ProfileLine = 'Import-Module MfaSts', 'Use-MfaSession prod -Renew', 'function prompt { "$(Get-MfaPromptSegment) PS> " }'
        Accounts    = @{}
        Sessions    = @{ prod = '00:08:45' }
        Typed       = '{code}', 'Get-Content $PROFILE', 'Get-MfaSession -Active'
    }
)

# The colours of GitHub's own pages, which is where the pictures stand. The numbers are those of SGR, as tmux writes them.
$palettes = @{
    light = @{
        Page = '#ffffff'; Frame = '#d0d7de'; Bar = '#f6f8fa'; Text = '#1f2328'
        31 = '#cf222e'; 32 = '#1a7f37'; 33 = '#7d4e00'; 36 = '#1b7c83'; 37 = '#57606a'; 90 = '#57606a'; 92 = '#116329'; 93 = '#7d4e00'; 97 = '#1f2328'
    }
    dark  = @{
        Page = '#0d1117'; Frame = '#30363d'; Bar = '#161b22'; Text = '#e6edf3'
        31 = '#ff7b72'; 32 = '#3fb950'; 33 = '#d29922'; 36 = '#39c5cf'; 37 = '#b1bac4'; 90 = '#8b949e'; 92 = '#56d364'; 93 = '#e3b341'; 97 = '#ffffff'
    }
}

function Wait-Until([scriptblock] $Condition, [string] $What) {
    $clock = [System.Diagnostics.Stopwatch]::StartNew()
    while (-not (& $Condition)) {
        if ($clock.Elapsed.TotalSeconds -gt 60) { throw "$What did not come.`n$(Get-Content $serverLog, $screenFile -Raw -ErrorAction Ignore)" }
        Start-Sleep -Milliseconds 100
    }
}

# What the terminal shows, with its colours as SGR or without.
function Get-Screen([switch] $Colour) {
    $lines = tmux -S $socket capture-pane -p @($Colour ? '-e' : @()) 2>$null
    $lines | Set-Content $screenFile
    ($lines -join "`n").TrimEnd()
}

# PowerShell waits for a line, or for a code.
function Test-Ready { (Get-Screen) -match '(PS>|\):)$' }

function Send-Line([string] $Text) {
    tmux -S $socket send-keys -l $Text
    Wait-Until { -not (Test-Ready) } "The echo of '$Text'"
    tmux -S $socket send-keys Enter
    Wait-Until { Test-Ready } "The prompt behind '$Text'"
}

# The terminal's last screen, coloured. A sandbox of its own for each picture, since a code is accepted once.
function Get-Recording($Picture) {
    $work = [System.IO.Directory]::CreateTempSubdirectory('mfasts-').FullName
    $socket, $serverLog, $screenFile = 'tmux', 'server', 'screen' | ForEach-Object { Join-Path $work $_ }
    $server = Start-Process dotnet "run --no-build --configuration $Configuration --project ""$root/src/MfaSts.Sandbox"" -- serve" -PassThru -RedirectStandardOutput $serverLog -RedirectStandardError "$serverLog.errors"
    try {
        Wait-Until { (Get-Content $serverLog -Raw) -match '\n  \d{6} ' } 'The sandbox'
        $served = Get-Content $serverLog -Raw
        $endpoint, $id, $secret = 'AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY' | ForEach-Object { [regex]::Match($served, "export $_='(.+)'").Groups[1].Value }
        $device = [regex]::Match($served, 'MFA device +(\S+)').Groups[1].Value

        $null = New-Item "$work/.aws", "$work/.config/powershell" -ItemType Directory
        $Picture.ProfileLine | Set-Content "$work/.config/powershell/Microsoft.PowerShell_profile.ps1"
        @($keys -f 'prod', $id, $secret, $device
            $Picture.Accounts.GetEnumerator() | ForEach-Object { $keys -f $_.Key, 'AKIAIOSFODNN7EXAMPLE', 's', "arn:aws:iam::$($_.Value):mfa/alice" }
            $Picture.Sessions.GetEnumerator() | ForEach-Object { $session -f $_.Key, [datetime]::UtcNow.Add([timespan]$_.Value) }) | Set-Content "$work/.aws/credentials"
        chmod 600 "$work/.aws/credentials"

        $cleared = Get-ChildItem env:AWS_*, env:MFA*, env:NO_COLOR, env:XDG_*, env:TMUX -ErrorAction Ignore | ForEach-Object { '-u', $_.Name }
        $settings = "HOME=$work", "AWS_ENDPOINT_URL=$endpoint", 'NO_PROXY=127.0.0.1', 'no_proxy=127.0.0.1', 'AWS_REGION=us-east-1', 'AWS_DEFAULT_REGION=us-east-1', 'AWS_PAGER=', "PSModulePath=$root/out", 'POWERSHELL_UPDATECHECK=Off', 'POWERSHELL_TELEMETRY_OPTOUT=1'
        env @cleared @settings tmux -S $socket -u -f /dev/null new-session -d -x $columns -y 40 pwsh -NoLogo
        Wait-Until { Test-Ready } 'The first prompt'
        foreach ($line in $Picture.Typed) {
            $code = [regex]::Matches((Get-Content $serverLog -Raw), '(?m)^  (\d{6}) ')[-1].Groups[1].Value
            # The same code, if it is to be given again.
            Send-Line $line.Replace('{code}', ($given ??= $code))
        }
        Get-Screen -Colour
    }
    finally {
        tmux -S $socket kill-server 2>$null
        $server.Kill($true)
        $server.WaitForExit()
        Remove-Item $work -Recurse -Force
    }
}

# One <text> for each line, one <tspan> for each run of a colour; where each begins and how long it is stands there, so that columns meet in any font.
function ConvertTo-Svg([string] $Recording, [string] $Title, [hashtable] $Palette) {
    $cell, $leading, $margin, $top = 8.4, 20, 16, 58
    $lines = $Recording -split "`n"
    $width, $height = ($columns * $cell + 2 * $margin), ($lines.Count * $leading + $top)
    $number = { param($Value) $Value.ToString('0.#', [cultureinfo]::InvariantCulture) }
    $used = [System.Collections.Generic.SortedSet[int]]::new()
    $colour, $weight, $slope = 0, '', ''
    $body = for ($row = 0; $row -lt $lines.Count; $row++) {
        $column = 0
        $spans = foreach ($part in [regex]::Matches($lines[$row], "`e\[([\d;]*)m|[^`e]+|`e")) {
            if ($part.Value[0] -ne "`e") {
                $class = ("c$colour", $weight, $slope | Where-Object { $_ -notin '', 'c0' }) -join ' '
                $text = [System.Security.SecurityElement]::Escape($part.Value)
                '<tspan{0} x="{1}" textLength="{2}">{3}</tspan>' -f ($class ? " class=""$class""" : ''), (& $number ($margin + $column * $cell)), (& $number ($part.Length * $cell)), $text
                $column += $part.Length
                continue
            }
            switch ($part.Groups[1].Value -split ';') {
                { $_ -in '', '0' } { $colour, $weight, $slope = 0, '', ''; continue }
                1 { $weight = 'b'; continue }
                3 { $slope = 'i'; continue }
                39 { $colour = 0; continue }
                49 { continue }
                { $Palette[[int]$_] } { $colour = [int]$_; $null = $used.Add($_); continue }
                default { throw "No way is known to draw '$($part.Value.Replace("`e", 'ESC'))'." }
            }
        }
        if ($spans) { '<text y="{0}">{1}</text>' -f ($top + $row * $leading), (-join $spans) }
    }
    @"
<svg xmlns="http://www.w3.org/2000/svg" width="$(& $number $width)" height="$height" viewBox="0 0 $(& $number $width) $height" role="img">
<title>$([System.Security.SecurityElement]::Escape($Title))</title>
<style>
text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace; white-space: pre; fill: $($Palette.Text) }
.b { font-weight: bold }
.i { font-style: italic }
$(($used | ForEach-Object { ".c$_ { fill: $($Palette[$_]) }" }) -join "`n")
</style>
<rect x="0.5" y="0.5" width="$(& $number ($width - 1))" height="$($height - 1)" rx="8" fill="$($Palette.Page)" stroke="$($Palette.Frame)"/>
<path d="M0.5 32.5V8.5a8 8 0 0 1 8-8H$(& $number ($width - 8.5))a8 8 0 0 1 8 8V32.5Z" fill="$($Palette.Bar)" stroke="$($Palette.Frame)"/>
<g fill="$($Palette.Frame)"><circle cx="20" cy="16.5" r="5"/><circle cx="38" cy="16.5" r="5"/><circle cx="56" cy="16.5" r="5"/></g>
<g xml:space="preserve">
$($body -join "`n")
</g>
</svg>
"@
}

if (-not $NoBuild) {
    foreach ($project in 'MfaSts.PowerShell', 'MfaSts.Sandbox') {
        dotnet build "$root/src/$project" --configuration $Configuration --nologo --verbosity quiet | Out-Host
        if ($LASTEXITCODE) { throw 'The build failed.' }
    }
}

foreach ($picture in $pictures) {
    $recording = Get-Recording $picture
    foreach ($theme in $palettes.Keys) {
        ConvertTo-Svg $recording $picture.Title $palettes[$theme] | Set-Content (Join-Path $Destination "$($picture.Name)-$theme.svg")
    }
}

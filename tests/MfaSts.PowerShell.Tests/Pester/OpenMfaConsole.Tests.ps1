[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # A user with a key under prod, and a role under admin whose session is stored.
    function New-ConsoleUser {
        $user = New-ReadyUser
        $role = New-SandboxRole -Mfa
        Add-Content (Get-ConfigPath) '[profile admin]', "role_arn = $($role.RoleArn)", 'source_profile = prod', 'region = eu-central-1'
        $null = Get-MfaSessionToken admin -TokenCode (Get-Code $user)
        $user
    }

    # A browser that notes what it is told to open, and where that leads.
    function Add-Browser([string] $Script = 'curl -s -o /dev/null -w "%{redirect_url}\n" --noproxy "*" "$1" > "$HOME/new"; echo "$1" >> "$HOME/new"; mv "$HOME/new" "$HOME/seen"') {
        $null = New-Item (Join-Path $env:HOME bin) -ItemType Directory -Force
        Set-Content (Join-Path $env:HOME bin xdg-open) '#!/bin/sh', $Script
        chmod 700 (Join-Path $env:HOME bin xdg-open)
        $env:PATH = (Join-Path $env:HOME bin) + ':' + $usualPath
    }

    $usualPath = $env:PATH
    $withoutBrowser = -not $IsLinux -or -not (Get-Command curl -CommandType Application -ErrorAction Ignore)
}

AfterAll { $env:PATH = $usualPath }

Describe 'Open-MfaConsole' {
    It 'gives the address with -PassThru, and opens nothing' {
        $null = New-ConsoleUser
        $address = Open-MfaConsole admin s3 -PassThru -NoPrompt
        $address | Should -BeOfType string
        $address | Should -Match '/federation\?Action=login&Destination=https%3A%2F%2Feu-central-1\.console\.aws\.amazon\.com%2Fs3%2Fhome%3Fregion%3Deu-central-1&SigninToken='
        $answer = Invoke-WebRequest $address -MaximumRedirection 0 -SkipHttpErrorCheck -ErrorAction Ignore -NoProxy
        $answer.Headers.Location | Should -Be 'https://eu-central-1.console.aws.amazon.com/s3/home?region=eu-central-1'
    }

    It 'opens the browser on an address of this machine that leads there, and says nothing of it' {
        if ($withoutBrowser) { Set-ItResult -Skipped -Because 'there is no curl to play the browser'; return }
        $null = New-ConsoleUser
        Add-Browser
        # In 7.4, -Debug asks at each message.
        $said = & { $DebugPreference = 'Continue'; Open-MfaConsole admin -Verbose } *>&1 | Out-String
        while (-not (Test-Path "$env:HOME/seen")) { Start-Sleep -Milliseconds 20 }
        $target, $opened = Get-Content "$env:HOME/seen"
        $opened | Should -Match '^http://127\.0\.0\.1:\d+/[0-9a-f]{64}$'
        $target | Should -Match '/federation\?Action=login&'
        $said | Should -Not -Match 'SigninToken|federation|127\.0\.0\.1:\d+/[0-9a-f]{8}'
        (Get-History | Out-String) | Should -Not -Match 'SigninToken'
    }

    It 'refuses the session of a user before anything is sent, and names the role' {
        $user = New-ConsoleUser
        $before = Get-StsCallCount $user
        $failure = Get-Failure { Open-MfaConsole prod -PassThru }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ProfileUnsuitable,*'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Open-MfaConsole -Profile admin(\r?\n|$)'
        Get-StsCallCount $user | Should -Be $before
    }

    It 'refuses a page that is not the console''s' {
        $null = New-ConsoleUser
        (Get-Failure { Open-MfaConsole admin 'https://evil.example/' -PassThru }).FullyQualifiedErrorId | Should -BeLike 'DestinationInvalid,*'
    }

    It 'takes a role that no profile names, and profiles from the pipeline' {
        $null = New-ConsoleUser
        $arn = (Get-Content (Get-ConfigPath) | Select-String '^role_arn = (.*)').Matches[0].Groups[1].Value
        Open-MfaConsole prod -RoleArn $arn -PassThru -NoPrompt | Should -Match SigninToken
        Get-MfaSession | Where-Object Profile -EQ admin | Open-MfaConsole -PassThru | Should -Match SigninToken
    }

    It 'does nothing with -WhatIf' {
        $null = New-ConsoleUser
        Open-MfaConsole admin -PassThru -WhatIf | Should -BeNullOrEmpty
    }

    It 'names -PassThru where no browser can be started' {
        if ($withoutBrowser) { Set-ItResult -Skipped -Because 'xdg-open is Linux''s'; return }
        $null = New-ConsoleUser
        Add-Browser 'exit 4'
        $failure = Get-Failure { Open-MfaConsole admin }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ProgramMissing,*'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Open-MfaConsole -Profile admin -PassThru'
    }

    It 'completes -Destination' {
        $line = 'Open-MfaConsole admin -Destination secr'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be secretsmanager
    }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Runs a line in a runspace of its own, and gives what progress it showed. What holds it up is let go when that progress is there.
    function Get-Progress([string] $Line, [string] $Activity, [scriptblock] $LetGo) {
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript("`$ProgressPreference = 'Continue'; Import-Module '$env:PESTER_MODULE'; $Line")
            $running = $shell.BeginInvoke()
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            while ($Activity -cnotin $shell.Streams.Progress.Activity -and -not $running.IsCompleted) {
                if ($clock.Elapsed.TotalSeconds -gt 600) { throw "No progress, and no end: $Line" }
                Start-Sleep -Milliseconds 20
            }
            if ($LetGo) { & $LetGo }
            $null = $shell.EndInvoke($running)
            $shell.Streams.Error | Should -BeNullOrEmpty -Because $Line
            @($shell.Streams.Progress)
        }
        finally { $shell.Dispose() }
    }

    # It is shown, says how it is ended, and is taken away again.
    function Assert-Progress($Records, [string] $Activity) {
        $mine = @($Records | Where-Object Activity -EQ $Activity)
        $mine.Count | Should -BeGreaterOrEqual 2 -Because "of $($Records.Activity -join ', ')"
        $mine[0].StatusDescription | Should -Be 'Ctrl+C ends the wait'
        $mine[-1].RecordType | Should -Be Completed
        $Activity.Length | Should -BeLessOrEqual 40 -Because 'more is cut at 120 columns'
    }
}

Describe 'Progress of a wait for the lock of the files' -Skip:(-not $IsLinux) {
    It 'is shown by <Line>' -ForEach @(
        @{ Line = 'Set-MfaLongTermCredential prod -Region eu-west-1 -SerialNumber arn:aws:iam::123456789012:mfa/other'; Activity = "Storing the access key of 'prod'" }
        @{ Line = 'Remove-MfaLongTermCredential prod -Confirm:$false'; Activity = "Removing the access key of 'prod'" }
        @{ Line = 'Import-MfaLongTermCredential old'; Activity = "Moving the access key of 'old'" }
        @{ Line = 'Remove-MfaSession prod -Confirm:$false'; Activity = 'Waiting for the AWS files' }
        @{ Line = 'Register-MfaCredentialProcess prod'; Activity = 'Waiting for the AWS files' }
        @{ Line = 'Get-MfaDevice prod | Set-MfaLongTermCredential'; Activity = "Storing the access key of 'prod'" }
    ) {
        $user = New-ReadyUser
        Add-LongTermKey $user old
        (Get-Content (Get-CredentialsPath)) -replace '^\[old-long-term\]', '[old-nomfa]' | Set-Content (Get-CredentialsPath)
        $null = Add-Session prod
        $bin = New-Item -ItemType Directory (Join-Path $env:HOME bin)
        Set-Content "$bin/mfasts" '#!/bin/sh'
        chmod 755 "$bin/mfasts"
        $path = $env:PATH
        $env:PATH = "${bin}:$path"
        # An update makes the lock's file; another process then holds it.
        Set-MfaLongTermCredential prod -Region eu-central-1 -SerialNumber $user.SerialNumber
        $lock = Join-Path $env:HOME .aws .mfasts credentials.lock
        $lock | Should -Exist
        $holder = Start-Process flock -ArgumentList $lock, sleep, 600 -PassThru
        try {
            do { flock --nonblock $lock true } while ($LASTEXITCODE -eq 0)
            $shown = Get-Progress $Line $Activity { $holder.Kill($true) }
        }
        finally {
            $env:PATH = $path
            if (-not $holder.HasExited) { $holder.Kill($true) }
        }
        Assert-Progress $shown $Activity
    }

    It 'is not shown when nobody holds it' {
        $null = New-ReadyUser
        (Get-Progress 'Set-MfaLongTermCredential prod -SerialNumber arn:aws:iam::123456789012:mfa/other').Activity | Should -Not -Contain "Storing the access key of 'prod'"
    }
}

Describe 'Progress of a wait for AWS, or for a code' {
    It 'is shown while AWS is slow: <Line>' -ForEach @(
        @{ Line = 'Get-MfaSessionToken prod -TokenCode $code'; Activity = "Getting a session for 'prod'" }
        @{ Line = 'Use-MfaSession prod -TokenCode $code'; Activity = "Getting a session for 'prod'" }
        @{ Line = 'Test-MfaLongTermCredential prod'; Activity = "Asking AWS about profile 'prod'" }
        @{ Line = 'Get-MfaDevice prod'; Activity = "Asking AWS for the MFA devices of 'prod'" }
    ) {
        $user = New-ReadyUser
        Set-Fault $user slow -Seconds 1.5
        Assert-Progress (Get-Progress "`$code = '$(Get-Code $user)'; $Line") $Activity
    }

    It 'is shown while a device that is not known is asked for' {
        $user = New-UnknownDeviceUser -Devices phone
        Set-Fault $user slow -Seconds 1.5
        Assert-Progress (Get-Progress "Get-MfaSessionToken prod -TokenCode '$(Get-Code $user)'") "Asking AWS for the MFA devices of 'prod'"
    }

    It 'is shown while a new key spreads, and while the keys are asked for' {
        $user = New-ReadyUser
        $session = Get-NewSession $user
        Set-Fault $user slow -Seconds 1.5
        $session | Should -Not -BeNullOrEmpty
        $shown = Get-Progress 'Update-MfaLongTermCredential prod -Confirm:$false'
        Assert-Progress $shown "Asking AWS for the access keys of 'prod'"
        Assert-Progress $shown "Replacing the access key of 'prod'"
    }

    It 'is shown while an mfa_process runs' -Skip:$IsWindows {
        $user = New-ReadyUser
        Set-Content (Get-ConfigPath) '[profile prod]', "mfa_process = sleep 1.5; echo $(Get-Code $user)"
        chmod 600 (Get-ConfigPath)
        Assert-Progress (Get-Progress 'Get-MfaSessionToken prod') "Waiting for the mfa_process of 'prod'"
    }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Get-MfaSessionToken' {
    It 'trades one code for a session, stores it, and gives it again without a call' {
        $user = New-ReadyUser
        $session = Get-MfaSessionToken -Profile prod -TokenCode (Get-Code $user)
        $session | Should -BeOfType MfaSts.MfaSession
        $session.Origin | Should -Be Sts
        $session.AccountId | Should -Be 123456789012
        $session.SerialNumber | Should -Be $user.SerialNumber
        $session.Section | Should -Be prod
        $session.Remaining.TotalHours | Should -BeGreaterThan 11.9
        $again = Get-MfaSessionToken prod
        $again.Origin | Should -Be Store
        foreach ($property in 'AccessKeyId', 'SecretAccessKey', 'SessionToken', 'Expiration', 'AccountId', 'SerialNumber', 'Profile', 'Section') {
            $again.$property | Should -Be $session.$property
        }
        Get-StsCallCount $user | Should -Be 1
    }

    It 'writes what every SDK reads' {
        $user = New-ReadyUser
        $session = Get-NewSession $user
        $lines = Get-Content (Get-CredentialsPath)
        $lines[($lines.IndexOf('[prod]'))..($lines.Count - 1)] | Should -Be @(
            '[prod]'
            "aws_access_key_id = $($session.AccessKeyId)"
            "aws_secret_access_key = $($session.SecretAccessKey)"
            "aws_session_token = $($session.SessionToken)"
            "expiration = $($session.Expiration.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ssZ'))"
            'manager = mfasts'
            "mfasts_endpoint = $([uri]$env:AWS_ENDPOINT_URL)")
    }

    It 'says in the verbose stream that a code was not needed' {
        $user = New-ReadyUser
        $null = Get-NewSession $user
        $verbose = Get-MfaSessionToken prod -TokenCode 123456 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$verbose" | Should -Match 'The code that was given was not sent'
        "$verbose" | Should -Match ([regex]::Escape("in [prod] of '$(Get-CredentialsPath)' is used"))
        "$verbose" | Should -Not -Match 123456
    }

    It 'asks STS for the duration' {
        $user = New-ReadyUser
        $session = Get-MfaSessionToken prod -TokenCode (Get-Code $user) -Duration 15m
        $session.Remaining.TotalMinutes | Should -BeGreaterThan 14
        $session.Remaining.TotalMinutes | Should -BeLessOrEqual 15.1
    }

    It 'gets a new one with -Force' {
        $user = New-ReadyUser
        $first = Get-NewSession $user
        $second = Get-MfaSessionToken prod -Force -TokenCode (Get-Code $user -Next)
        $second.AccessKeyId | Should -Not -Be $first.AccessKeyId
        Get-StsCallCount $user | Should -Be 2
    }

    It 'gets a new one when the stored one has too little left' {
        $user = New-ReadyUser
        $old = Add-Session -Expiration ([datetime]::UtcNow.AddMinutes(4))
        (Get-NewSession $user).AccessKeyId | Should -Not -Be $old
        (Get-Failure { Get-MfaSessionToken prod -MinimumRemaining 24h -NoPrompt }).FullyQualifiedErrorId | Should -Match '^TokenCodeRequired,'
        (Get-MfaSessionToken prod -MinimumRemaining 11h).Origin | Should -Be Store
    }

    It 'never takes a session whose expiry is unknown' {
        $null = New-ReadyUser
        $null = Add-Session
        (Get-Content (Get-CredentialsPath)) -notmatch '^expiration' | Set-Content (Get-CredentialsPath)
        (Get-Failure { Get-MfaSessionToken prod -NoPrompt }).FullyQualifiedErrorId | Should -Match '^TokenCodeRequired,'
    }

    It 'takes the region from -Region, the environment, the profile, in this order, for a stored session too' {
        $user = New-ReadyUser
        Set-Content (Get-ConfigPath) '[profile prod]', 'region = eu-west-3'
        (Get-NewSession $user).Region | Should -Be eu-west-3
        (Get-MfaSessionToken prod).Region | Should -Be eu-west-3
        (Get-MfaSessionToken prod -Region eu-west-1).Region | Should -Be eu-west-1
        $env:AWS_REGION = 'eu-west-2'
        (Get-MfaSessionToken prod -Force -TokenCode (Get-Code $user -Next)).Region | Should -Be eu-west-2
        (Get-MfaSessionToken prod).Region | Should -Be eu-west-2
    }

    It 'takes the code from mfa_process, without the AWS keys of the environment' -Skip:$IsWindows {
        $user = New-ReadyUser
        $env:AWS_SECRET_ACCESS_KEY = 'environmentCanary'
        Set-Content (Get-ConfigPath) '[profile prod]', "mfa_process = test -z `$AWS_SECRET_ACCESS_KEY && echo $(Get-Code $user)"
        chmod 600 (Get-ConfigPath)
        (Get-MfaSessionToken prod).Origin | Should -Be Sts
    }

    It 'does not run an mfa_process that another user could have written' -Skip:$IsWindows {
        $null = New-ReadyUser
        Set-Content (Get-ConfigPath) '[profile prod]', "mfa_process = touch '$env:HOME/ran'; echo 123456"
        chmod 666 (Get-ConfigPath)
        (Get-Failure { Get-MfaSessionToken prod }).FullyQualifiedErrorId | Should -Match '^StoreUnsafe,'
        Join-Path $env:HOME ran | Should -Not -Exist
    }

    It 'fails when mfa_process gives no code, and does not repeat what it printed' -Skip:$IsWindows {
        $user = New-ReadyUser
        Set-Content (Get-ConfigPath) '[profile prod]', 'mfa_process = echo outputCanary'
        chmod 600 (Get-ConfigPath)
        $failure = Get-Failure { Get-MfaSessionToken prod }
        $failure.FullyQualifiedErrorId | Should -Match '^CodeProcessFailed,'
        "$failure" | Should -Not -Match Canary
        Get-StsCallCount $user | Should -Be 0
    }

    It 'does nothing under -WhatIf' {
        $user = New-ReadyUser
        $before = Get-FileState
        Get-MfaSessionToken prod -TokenCode (Get-Code $user) -WhatIf | Should -BeNullOrEmpty
        Get-FileState | Should -Be $before
        Get-StsCallCount $user | Should -Be 0
    }

    It 'makes no folder for a profile that has no key' {
        $null = New-ScratchHome
        Remove-Item (Join-Path $env:HOME .aws) -Force
        (Get-Failure { Get-MfaSessionToken prod -TokenCode 123456 }).FullyQualifiedErrorId | Should -Match '^LongTermCredentialNotFound,'
        Join-Path $env:HOME .aws | Should -Not -Exist
    }

    It 'serves each profile of a pipeline, and reports those that fail' {
        $null = New-ScratchHome
        $null = Add-Session a
        $null = Add-Session b
        $given = [pscustomobject]@{ Profile = 'a' }, [pscustomobject]@{ Profile = 'x' }, [pscustomobject]@{ ProfileName = 'b' } |
            Get-MfaSessionToken -NoPrompt -ErrorAction SilentlyContinue -ErrorVariable errors
        $given.Profile | Should -Be a, b
        $errors.TargetObject | Should -Be x
    }

    It 'does not take any object for a profile name' {
        $null = New-ScratchHome
        (Get-Failure { 'prod' | Get-MfaSessionToken }).FullyQualifiedErrorId | Should -Match '^InputObjectNotBound,'
    }

    It 'warns of a clock that is a little off, and judges the session by it' {
        $user = New-ReadyUser
        $env:AWS_ENDPOINT_URL = Get-SkewedEndpoint 150
        $session = Get-MfaSessionToken prod -TokenCode (Get-Code $user -Seconds 150) -WarningVariable warnings 3>$null
        "$warnings" | Should -Match 'clock is 2m (29|30)s behind AWS'
        $session.Origin | Should -Be Sts
    }

    It 'warns of an mfa_serial that hides the session from AWS.Tools, with the command that mends it' {
        $user = New-ReadyUser
        Set-Content (Get-ConfigPath) '[profile prod]', "mfa_serial = $($user.SerialNumber)"
        $null = Get-MfaSessionToken prod -TokenCode (Get-Code $user) -WarningVariable warnings 3>$null
        $command = [regex]::Match("$warnings", 'Move the device with: (.+)$').Groups[1].Value
        $command | Should -Be "Set-MfaLongTermCredential -Profile prod -SerialNumber $($user.SerialNumber)"
        & ([scriptblock]::Create($command))
        Get-Content (Get-ConfigPath) -Raw | Should -Not -Match mfa_serial
    }
}

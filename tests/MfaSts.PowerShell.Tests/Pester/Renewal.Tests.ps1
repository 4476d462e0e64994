[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Helpers of tests.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Takes a session out of the file and puts another one in its place, as another process would.
    function Set-Session([string] $Name = 'prod', [datetime] $Expiration = [datetime]::UtcNow.AddHours(6)) {
        $text = (Get-Content (Get-CredentialsPath) -Raw) -replace "(?ms)^\[$Name\].*?(?=^\[|\z)"
        Set-Content (Get-CredentialsPath) $text -NoNewline
        Add-Session $Name $Expiration
    }

    # Longer than the renewal waits between two looks at the file.
    function Wait-Look { [System.Threading.Thread]::Sleep(300) }
}

Describe 'Use-MfaSession -Renew' {
    BeforeEach {
        $user = New-ReadyUser
        $first = Add-Session prod
    }

    AfterEach { Clear-MfaSession -ErrorAction Ignore }

    It 'uses the stored session without a call, and -Active shows that it is renewed' {
        Use-MfaSession prod -Renew | Should -BeNullOrEmpty
        $env:AWS_ACCESS_KEY_ID | Should -Be $first
        (Get-MfaSession -Active).IsRenewed | Should -BeTrue
        (Get-MfaSession prod).IsRenewed | Should -BeTrue
        Get-StsCallCount $user | Should -Be 0
    }

    It 'gives the session with -PassThru, and takes one that is about to end' {
        $soon = Set-Session prod ([datetime]::UtcNow.AddMinutes(1))
        (Use-MfaSession prod -Renew -PassThru).AccessKeyId | Should -Be $soon
    }

    It 'takes up what another process has stored, before the next command' {
        Use-MfaSession prod -Renew
        $second = Set-Session
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be $second
        $third = Set-Session
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be $third
    }

    It 'takes up a session that comes when none was there, and one in the section that was chosen' {
        Set-Content (Get-CredentialsPath) ((Get-Content (Get-CredentialsPath))[0..3])
        Use-MfaSession prod -Renew
        $env:AWS_ACCESS_KEY_ID | Should -BeNullOrEmpty
        $second = Add-Session prod
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be $second
        Use-MfaSession prod -Renew -SessionProfile other
        $other = Add-Session prod -Section other
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be $other
    }

    It 'leaves an expired session, a broken file and a removed session alone' {
        Use-MfaSession prod -Renew
        $null = Set-Session prod ([datetime]::UtcNow.AddMinutes(-1))
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be $first
        Add-Content (Get-CredentialsPath) '[broken'
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be $first
        $null = New-Item (Get-CredentialsPath) -Force
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be $first
    }

    It 'lets another session that is put into the environment be, and goes on when its own is put back' {
        Use-MfaSession prod -Renew
        $other = Add-Session other
        Use-MfaSession other
        (Get-MfaSession -Active).IsRenewed | Should -BeFalse
        $second = Set-Session
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be $other
        Use-MfaSession prod
        (Get-MfaSession -Active).IsRenewed | Should -BeTrue
        $third = Set-Session
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be $third
    }

    It 'lets keys of the user''s own be' {
        Use-MfaSession prod -Renew
        $env:AWS_ACCESS_KEY_ID = 'AKIAMINE'
        $null = Set-Session
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be AKIAMINE
    }

    It 'takes up nothing inside a script block that has a session of its own, and goes on behind it' {
        Use-MfaSession prod -Renew
        $inside = Use-MfaSession prod -ScriptBlock {
            $script:second = Set-Session
            Wait-Look
            sh -c 'echo $AWS_ACCESS_KEY_ID'
        }
        $inside | Should -Be $first
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be $script:second
    }

    It 'with -ByProfile names the section, and the segment knows when the new session ends' {
        Use-MfaSession prod -Renew -ByProfile
        $env:AWS_PROFILE, $env:AWS_ACCESS_KEY_ID | Should -Be prod, $null
        (Get-MfaSession -Active).IsRenewed | Should -BeTrue
        $null = Set-Session prod ([datetime]::UtcNow.AddHours(8).AddSeconds(50))
        Wait-Look
        Get-MfaPromptSegment | Should -Match '^prod (8h 0m|7h 5\dm)$'
    }

    It '-Renew:$false, and Clear-MfaSession, end it' {
        Use-MfaSession prod -Renew
        Use-MfaSession prod -Renew:$false
        (Get-MfaSession -Active).IsRenewed | Should -BeFalse
        $null = Set-Session
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -Be $first
        Use-MfaSession prod -Renew
        Clear-MfaSession
        $null = Set-Session
        Wait-Look
        sh -c 'echo $AWS_ACCESS_KEY_ID' | Should -BeNullOrEmpty
        $ExecutionContext.InvokeCommand.PreCommandLookupAction | Should -BeNullOrEmpty
    }

    It '<_> ends it when no session is left, and asks for none' -ForEach @('Use-MfaSession -Renew:$false', 'Use-MfaSession prod -Renew:$false') {
        Set-Content (Get-CredentialsPath) ((Get-Content (Get-CredentialsPath))[0..3])
        Use-MfaSession prod -Renew
        & ([scriptblock]::Create($_)) | Should -BeNullOrEmpty
        $ExecutionContext.InvokeCommand.PreCommandLookupAction | Should -BeNullOrEmpty
    }

    It '-Renew:$false under -WhatIf leaves it in' {
        Use-MfaSession prod -Renew
        Use-MfaSession prod -Renew:$false -WhatIf
        (Get-MfaSession -Active).IsRenewed | Should -BeTrue
    }

    It '-Renew:$false where nothing is renewed, or for another profile, uses the session like a call without it' {
        Use-MfaSession prod -Renew:$false
        $env:AWS_ACCESS_KEY_ID | Should -Be $first
        Clear-MfaSession
        Add-LongTermKey $user other
        $other = Add-Session other
        Use-MfaSession prod -Renew
        Use-MfaSession other -Renew:$false
        $env:AWS_ACCESS_KEY_ID | Should -Be $other
        (Get-MfaSession -Active).IsRenewed | Should -BeFalse
    }

    It 'Clear-MfaSession ends one that has no session yet, without an error' {
        Set-Content (Get-CredentialsPath) ((Get-Content (Get-CredentialsPath))[0..3])
        Use-MfaSession prod -Renew
        Clear-MfaSession
        $ExecutionContext.InvokeCommand.PreCommandLookupAction | Should -BeNullOrEmpty
    }

    It 'Remove-Module ends it, leaves the hooks of others, and a new import begins without' {
        $told = (Invoke-FreshPwsh 'function Count { $ExecutionContext.InvokeCommand.PreCommandLookupAction?.GetInvocationList().Count ?? 0 }
            $ExecutionContext.InvokeCommand.PreCommandLookupAction = { }
            Use-MfaSession prod -Renew; Count
            Use-MfaSession prod -Renew; Count
            $module = (Get-Module MfaSts).ModuleBase
            Remove-Module MfaSts; Count
            Import-Module $module; Count
            (Get-MfaSession -Active).IsRenewed').Out -split '\r?\n'
        $told | Should -Be 2, 2, 1, 1, False
    }

    It 'changes nothing under -WhatIf' {
        Use-MfaSession prod -Renew -WhatIf
        $env:AWS_ACCESS_KEY_ID | Should -BeNullOrEmpty
        $ExecutionContext.InvokeCommand.PreCommandLookupAction | Should -BeNullOrEmpty
    }

    It 'gets a session at once when a code is given' {
        Set-Content (Get-CredentialsPath) ((Get-Content (Get-CredentialsPath))[0..3])
        Use-MfaSession prod -Renew -TokenCode (Get-Code $user)
        (Get-MfaSession -Active).IsRenewed | Should -BeTrue
        Get-StsCallCount $user | Should -Be 1
    }

    It 'tells at once of a profile that no session can be got for, but with -NoPrompt' {
        (Get-Failure { Use-MfaSession nobody -Renew }).FullyQualifiedErrorId | Should -Match '^LongTermCredentialNotFound,'
        Use-MfaSession nobody -Renew -NoPrompt
        $ExecutionContext.InvokeCommand.PreCommandLookupAction | Should -Not -BeNullOrEmpty
    }

    It 'cannot be put around a script block' {
        (Get-Failure { Use-MfaSession prod -Renew -ScriptBlock { } }).FullyQualifiedErrorId | Should -Match '^AmbiguousParameterSet,'
    }
}

Describe 'Use-MfaSession -Renew where nobody sees a prompt' {
    BeforeEach {
        $user = New-ReadyUser
        $null = Add-Session prod ([datetime]::UtcNow.AddMinutes(-1))
        $line = 'Use-MfaSession prod -Renew; function global:prompt { "P> " }; prompt; "key=$env:AWS_ACCESS_KEY_ID"'
        $before = Get-FileState
    }

    AfterEach {
        Clear-MfaSession -ErrorAction Ignore
        Get-StsCallCount $user | Should -Be 0
        Get-FileState | Should -Be $before
    }

    It '<_>: neither asks nor blocks' -ForEach '-NonInteractive', '-NoLogo' {
        $result = Invoke-FreshPwsh $line -Options $_
        $result.Out -split '\r?\n' | Should -Be 'P> ', 'key='
        $result.Err | Should -BeNullOrEmpty
    }

    It 'a script on standard input: <Options>' -ForEach @(@{ Options = '' }, @{ Options = '-File -' }, @{ Options = '-NoExit -NonInteractive' }) {
        $script = Join-Path $env:HOME script.ps1
        Set-Content $script "Import-Module '$env:PESTER_MODULE'", $line, '"done"', 'exit'
        $out = sh -c "timeout 600 pwsh -NoProfile -NoLogo $Options < '$script'" 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 0
        $out | Should -Match '(?m)done$'
        $out | Should -Not -Match 'MFA code for|no valid session'
    }

    It 'Start-Job' {
        $job = Start-Job { Import-Module $using:env:PESTER_MODULE; & ([scriptblock]::Create($using:line)) }
        $null = Wait-Job $job -Timeout 600
        $job.State | Should -Be Completed
        Receive-Job $job -AutoRemoveJob -Wait | Should -Be 'P> ', 'key='
    }

    It 'Start-ThreadJob' {
        Start-ThreadJob { Import-Module $using:env:PESTER_MODULE; & ([scriptblock]::Create($using:line)) } | Receive-Job -Wait -AutoRemoveJob | Should -Be 'P> ', 'key='
    }

    It 'ForEach-Object -Parallel' {
        1 | ForEach-Object -Parallel { Import-Module $using:env:PESTER_MODULE; & ([scriptblock]::Create($using:line)) } | Should -Be 'P> ', 'key='
    }

    It 'twenty at once' {
        $results = 1..20 | ForEach-Object -ThrottleLimit 20 -Parallel {
            $out = $null | pwsh -NoProfile -NonInteractive -Command "Import-Module '$env:PESTER_MODULE'; $using:line" 2>&1
            "$LASTEXITCODE $out"
        }
        $results | Should -Be @(@('0 P>  key=') * 20)
    }
}

Describe 'Get-MfaPromptSegment' {
    BeforeEach { $null = New-ScratchHome }
    AfterEach { Clear-MfaSession -ErrorAction Ignore }

    It 'tells the profile and <Text>, by keys and by profile alike' -ForEach @(
        @{ Seconds = 43190; Text = '11h 5\dm' }, @{ Seconds = 131900; Text = '36h [23]\dm' }, @{ Seconds = 590; Text = '\dm' }) {
        $null = Add-Session prod ([datetime]::UtcNow.AddSeconds($Seconds))
        Use-MfaSession prod -Renew
        Get-MfaPromptSegment | Should -Match "^prod $Text$"
        Clear-MfaSession
        Use-MfaSession prod -Renew -ByProfile
        Get-MfaPromptSegment | Should -Match "^prod $Text$"
    }

    It 'gives nothing without a session, nor for keys of the user''s own' {
        Get-MfaPromptSegment | Should -BeNullOrEmpty
        $env:AWS_ACCESS_KEY_ID = 'AKIAMINE'
        Get-MfaPromptSegment | Should -BeNullOrEmpty
        $null = Add-Session prod
        Remove-Item env:AWS_ACCESS_KEY_ID
        Use-MfaSession prod -ByProfile
        $env:AWS_PROFILE = 'mine'
        Get-MfaPromptSegment | Should -BeNullOrEmpty
    }

    It 'says when it has expired, and reads no file' {
        $null = Add-Session prod
        Use-MfaSession prod
        Remove-Item (Get-CredentialsPath)
        $env:AWS_CREDENTIAL_EXPIRATION = '2020-01-01T00:00:00Z'
        Get-MfaPromptSegment | Should -Be 'prod expired'
        $env:AWS_CREDENTIAL_EXPIRATION = 'garbage'
        Get-MfaPromptSegment | Should -Be prod
    }
}

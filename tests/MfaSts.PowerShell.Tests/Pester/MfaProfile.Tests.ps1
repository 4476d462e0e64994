[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    . "$PSScriptRoot/Terminal.ps1"
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # A home of prod with keys, and its role profile with a device of its own in line 5.
    function New-FaultyHome {
        $null = New-ScratchHome
        Set-Content (Get-CredentialsPath) '[prod-long-term]', 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE', 'aws_secret_access_key = wJalrXUtnFEMICanary/bPxRfiCYEXAMPLEKEY', 'aws_mfa_device = arn:aws:iam::123456789012:mfa/alice'
        Set-Content (Get-ConfigPath) '# mine', '[profile admin]', 'role_arn = arn:aws:iam::123456789012:role/admin', 'source_profile = prod', 'mfa_serial = arn:aws:iam::123456789012:mfa/alice', '[profile dev]', 'sso_session = corp'
        if (-not $IsWindows) { chmod 600 (Get-CredentialsPath) (Get-ConfigPath) }
    }
}

Describe 'Test-MfaProfile' {
    BeforeEach { New-FaultyHome }

    It 'tells what, where, who is affected, and the remedy' {
        $finding = Test-MfaProfile
        $finding | Should -BeOfType MfaSts.MfaProfileFinding
        @($finding).Count | Should -Be 1
        $finding.Profile, $finding.Id, $finding.Path, $finding.Line, $finding.CanRepair | Should -Be admin, MfaSerialAsksAgain, (Get-ConfigPath), 5, $true
        $finding.Affects | Should -Match 'AWS CLI.*boto3.*JavaScript.*\.NET'
        $finding.Remedy | Should -Match 'Repair-MfaProfile -Profile admin$'
        $view = $finding | Out-String
        $view | Should -Match 'Finding : admin: MfaSerialAsksAgain'
        $view | Should -Match 'Where   : .*config., line 5'
        $view | Should -Not -Match Canary
    }

    It 'takes names, wildcards and objects with a profile, and tells a mistyped name' {
        Test-MfaProfile prod | Should -BeNullOrEmpty
        (Test-MfaProfile adm*).Profile | Should -Be admin
        (Test-MfaProfile prod, admin).Profile | Should -Be admin
        ([pscustomobject]@{ Profile = 'admin' } | Test-MfaProfile).Id | Should -Be MfaSerialAsksAgain
        Test-MfaProfile nothing* | Should -BeNullOrEmpty
        (Get-Failure { Test-MfaProfile prdo }).FullyQualifiedErrorId | Should -BeLike 'LongTermCredentialNotFound,*'
    }

    It 'gives a bool with -Quiet' {
        Test-MfaProfile -Quiet | Should -BeFalse
        Test-MfaProfile prod, dev -Quiet | Should -BeTrue
    }

    It 'completes profiles' {
        (TabExpansion2 'Test-MfaProfile ad' 18).CompletionMatches.CompletionText | Should -Be admin
    }

    It 'asks nobody, changes nothing, and loads no AWS SDK' {
        $before = Get-FileState
        (Invoke-FreshPwsh '$null = Test-MfaProfile; @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like "AWSSDK*" }).Count').Out | Should -Be 0
        Get-FileState | Should -Be $before
    }

    It 'finds a file that cannot be read, rather than failing' {
        Set-Content (Get-CredentialsPath) 'garbage'
        (Test-MfaProfile).Id | Should -Contain FileUnreadable
    }
}

Describe 'Repair-MfaProfile' {
    BeforeEach { New-FaultyHome }

    It 'changes nothing under -WhatIf, and that line only without it' {
        $before = Get-FileState
        Repair-MfaProfile -WhatIf
        Get-FileState | Should -Be $before
        $expected = (Get-Content (Get-ConfigPath) -Raw) -replace "mfa_serial = .*\r?\n"
        (Repair-MfaProfile admin -PassThru).Id | Should -Be MfaSerialAsksAgain
        Get-Content (Get-ConfigPath) -Raw | Should -BeExactly $expected
        Test-MfaProfile -Quiet | Should -BeTrue
    }

    It 'takes findings from the pipeline, which may be old' {
        $findings = Test-MfaProfile
        $findings | Repair-MfaProfile | Should -BeNullOrEmpty
        $after = Get-FileState
        $findings | Repair-MfaProfile
        Get-FileState | Should -Be $after
    }

    It 'warns of what a person must decide' {
        Add-Content (Get-ConfigPath) '[profile prod]', 'external_id = x'
        Repair-MfaProfile prod -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'This is not repaired: .*external_id without role_arn'
    }
}

Describe 'The choice of a profile, on a real terminal' -Skip:([bool]$lack) {
    BeforeAll { . "$PSScriptRoot/Terminal.ps1" }

    BeforeEach {
        $null = New-ScratchHome
        $null = Add-Session prod
        $id = Add-Session test
        $null = Add-Session gone ([datetime]::UtcNow.AddHours(-1))
    }

    It 'is offered with the state of each when none is named and there is no default' {
        $result = Invoke-Terminal @(
            (Enter-Line 'Use-MfaSession; "in use: " + $env:MFASTS_PROFILE')
            @{ expect = "Which profile's session should this shell use?" }, @{ expect = '1 prod (' }, @{ expect = '2 test (' }, @{ expect = '3 gone (Expired)' }, (Enter-Line '2')
            @{ expect = 'in use: test' }, @{ expect = $Ready })
        $result.screen | Should -Not -Match Canary
    }

    It 'ends at Ctrl+C, with nothing in the environment' {
        $result = Invoke-Terminal @(
            (Enter-Line 'Use-MfaSession'), @{ expect = 'Which profile' }, @{ expect = 'gone' }, @{ rest = 0.5 }, @{ send = $CtrlC }, @{ expect = $Ready }
            (Enter-Line '"key=[" + $env:AWS_ACCESS_KEY_ID + "]"'), @{ expect = 'key=[]' }, @{ expect = $Ready })
        $result.screen | Should -Not -Match Canary
    }

    It 'is not offered when AWS_PROFILE names one, or a profile is called default' {
        $result = Invoke-Terminal @(
            (Enter-Line '$env:AWS_PROFILE = "test"; Use-MfaSession; "in use: " + $env:MFASTS_PROFILE')
            @{ expect = 'in use: test' }, @{ expect = $Ready })
        $result.screen | Should -Not -Match 'Which profile'
    }
}

Describe 'Use-MfaSession without a profile, where nobody can be asked' {
    It 'takes default, and says that it has no keys' {
        $null = New-ScratchHome
        $null = Add-Session prod
        $null = Add-Session test
        (Get-Failure { Use-MfaSession }).TargetObject | Should -Be default
        (Get-Failure { Use-MfaSession -NoPrompt }).TargetObject | Should -Be default
    }
}

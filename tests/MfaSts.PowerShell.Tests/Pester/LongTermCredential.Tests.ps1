[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Get-MfaLongTermCredential' {
    BeforeAll {
        $null = New-ScratchHome
        Set-Content (Get-CredentialsPath) @'
[prod-long-term]
aws_access_key_id = AKIAPRODPRODPRODPROD
aws_secret_access_key = prodSecretCanary0123456789abcdefghijklmn
aws_mfa_device = arn:aws:iam::123456789012:mfa/alice
[old-nomfa]
aws_access_key_id = AKIAOLDOLDOLDOLDOLD0
aws_secret_access_key = oldSecretCanary0123456789abcdefghijklmno
aws_mfa_serial = arn:aws:iam::210987654321:mfa/bob
[plain]
aws_access_key_id = AKIAPLAINPLAINPLAIN0
aws_secret_access_key = plainSecretCanary0123456789abcdefghijklm
'@
        $null = Add-Session prod
    }

    It 'lists every layout, and no session' {
        $all = Get-MfaLongTermCredential
        $all.Profile | Should -Be prod, old, plain
        $all.Section | Should -Be prod-long-term, old-nomfa, plain
        $all.AccountId | Should -Be 123456789012, 210987654321, $null
        $all | ForEach-Object { $_ | Should -BeOfType MfaSts.MfaLongTermCredential }
    }

    It 'chooses by name and by wildcard' {
        (Get-MfaLongTermCredential old).AccessKeyId | Should -Be AKIAOLDOLDOLDOLDOLD0
        (Get-MfaLongTermCredential P*).Profile | Should -Be prod, plain
        Get-MfaLongTermCredential x* | Should -BeNullOrEmpty
    }

    It 'fails for a name that is not there' {
        $failure = Get-Failure { Get-MfaLongTermCredential nobody }
        $failure.FullyQualifiedErrorId | Should -Match '^LongTermCredentialNotFound,'
        $failure.CategoryInfo.Category | Should -Be ObjectNotFound
        $failure.TargetObject | Should -Be nobody
    }

    It 'reports each missing name of several and gives the others' {
        $found = Get-MfaLongTermCredential nobody, prod, noone -ErrorAction SilentlyContinue -ErrorVariable errors
        $found.Profile | Should -Be prod
        $errors.TargetObject | Should -Be nobody, noone
    }

    It 'shows no secret in any form' {
        $all = Get-MfaLongTermCredential
        ($all | Format-List * | Out-String) + ($all | ConvertTo-Json) + "$all" | Should -Not -Match Canary
    }
}

Describe 'Remove-MfaLongTermCredential' {
    BeforeEach {
        $user = New-ReadyUser
        $id = Add-Session prod
    }

    It 'takes keys and device out, and leaves the session' {
        Remove-MfaLongTermCredential prod -Confirm:$false
        Get-MfaLongTermCredential | Should -BeNullOrEmpty
        Get-Content (Get-CredentialsPath) -Raw | Should -Not -Match $user.AccessKeyId
        (Get-MfaSession).AccessKeyId | Should -Be $id
    }

    It 'has a High impact: unattended it asks, so it cannot run without -Confirm:$false' {
        $before = Get-FileState
        { Remove-MfaLongTermCredential prod } | Should -Throw
        Get-FileState | Should -Be $before
    }

    It 'writes nothing under -WhatIf' {
        $before = Get-FileState
        Remove-MfaLongTermCredential prod -WhatIf
        Get-FileState | Should -Be $before
    }

    It 'fails for a name that is not there' {
        (Get-Failure { Remove-MfaLongTermCredential nobody -Confirm:$false }).FullyQualifiedErrorId | Should -Match '^LongTermCredentialNotFound,'
    }

    It 'takes only the access key that is named' {
        Add-Content (Get-CredentialsPath) '[prod-nomfa]', 'aws_access_key_id = AKIAANOTHERONE000000', 'aws_secret_access_key = another'
        Remove-MfaLongTermCredential prod -AccessKeyId AKIAANOTHERONE000000 -Confirm:$false
        (Get-MfaLongTermCredential).AccessKeyId | Should -Be $user.AccessKeyId
        $before = Get-FileState
        $refused = Get-Failure { Remove-MfaLongTermCredential prod -AccessKeyId AKIAANOTHERONE000000 -Confirm:$false }
        $refused.FullyQualifiedErrorId | Should -Match '^LongTermCredentialNotFound,'
        $refused.Exception.Error.Message | Should -Be "Profile 'prod' has no long-term access key with the ID that was given. It has: $($user.AccessKeyId) in [prod-long-term] of '$(Get-CredentialsPath)'."
        Get-FileState | Should -Be $before
    }

    It 'removes a key that is listed in several places once, without an error' {
        Add-LongTermKey $user prod-nomfa
        (Get-Content (Get-CredentialsPath) -Raw).Replace('prod-nomfa-long-term', 'prod-nomfa') | Set-Content (Get-CredentialsPath)
        @(Get-MfaLongTermCredential).Count | Should -Be 2
        Get-MfaLongTermCredential | Remove-MfaLongTermCredential -Confirm:$false
        Get-MfaLongTermCredential | Should -BeNullOrEmpty
    }

    It 'names and removes each key of a profile that has several' {
        Add-Content (Get-CredentialsPath) '[prod-nomfa]', 'aws_access_key_id = AKIAANOTHERONE000000', 'aws_secret_access_key = another'
        $said = (Invoke-FreshPwsh 'Remove-MfaLongTermCredential prod -WhatIf').Out
        $said | Should -Match ([regex]::Escape("$($user.AccessKeyId) in [prod-long-term]"))
        $said | Should -Match ([regex]::Escape('AKIAANOTHERONE000000 in [prod-nomfa]'))
        Remove-MfaLongTermCredential prod -Confirm:$false
        Get-MfaLongTermCredential | Should -BeNullOrEmpty
    }

    It 'removes what is piped to it, one by one' {
        Add-LongTermKey (New-SandboxUser) test
        Get-MfaLongTermCredential | Remove-MfaLongTermCredential -Confirm:$false
        Get-MfaLongTermCredential | Should -BeNullOrEmpty
    }
}

Describe 'Test-MfaLongTermCredential' {
    It 'is true for keys that AWS accepts, and spends no code' {
        $user = New-ReadyUser
        Test-MfaLongTermCredential prod | Should -BeTrue
        (Get-StsCall $user).Action | Should -Be GetCallerIdentity
    }

    It 'tells in the verbose stream what it uses and why, and whose the keys are' {
        $user = New-ReadyUser
        $told = Test-MfaLongTermCredential prod -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $told[0] | Should -Be "Long-term key $($user.AccessKeyId) from [prod-long-term] in '$(Get-CredentialsPath)'."
        $told[1] | Should -Be "MFA device '$($user.SerialNumber)' from [prod-long-term]."
        $told[2] | Should -Match '^Region \S+ from .+; endpoint http://\S+ from AWS_ENDPOINT_URL.*\.$'
        $told[3] | Should -Match 'arn:aws:iam::123456789012:user/'
        "$told" | Should -Not -Match ([regex]::Escape($user.SecretAccessKey))
    }

    It 'is false for keys that AWS does not know' {
        $user = New-ReadyUser
        $user.AccessKeyId = 'AKIAUNKNOWNUNKNOWN00'
        Add-LongTermKey $user other
        Test-MfaLongTermCredential other | Should -BeFalse
    }

    It 'fails when there is no key, or no answer' {
        $user = New-ReadyUser
        (Get-Failure { Test-MfaLongTermCredential nobody }).FullyQualifiedErrorId | Should -Match '^LongTermCredentialNotFound,'
        Set-Fault $user html
        (Get-Failure { Test-MfaLongTermCredential prod }).FullyQualifiedErrorId | Should -Match '^StsFailed,'
    }
}

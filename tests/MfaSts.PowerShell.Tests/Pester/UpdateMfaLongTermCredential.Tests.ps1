[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Update-MfaLongTermCredential' {
    BeforeEach { $user = New-ReadyUser }

    It 'replaces the key with one that AWS accepts, and AWS forgets the old one' {
        $renewed = Update-MfaLongTermCredential prod -TokenCode (Get-Code $user) -Confirm:$false -PassThru
        $renewed | Should -BeOfType MfaSts.MfaLongTermCredential
        $renewed.AccessKeyId | Should -Not -Be $user.AccessKeyId
        $renewed.SerialNumber | Should -Be $user.SerialNumber
        Get-Content (Get-CredentialsPath) -Raw | Should -Not -Match $user.AccessKeyId
        Test-MfaLongTermCredential prod | Should -BeTrue
        Add-LongTermKey $user old
        Test-MfaLongTermCredential old | Should -BeFalse
    }

    It 'takes the session that is there, which goes on living' {
        $session = Get-NewSession $user
        Update-MfaLongTermCredential prod -NoPrompt -Confirm:$false | Should -BeNullOrEmpty
        (Get-MfaSessionToken prod -NoPrompt).AccessKeyId | Should -Be $session.AccessKeyId
        (Get-MfaLongTermCredential prod).AccessKeyId | Should -Not -Be $user.AccessKeyId
    }

    It 'tells since when the old key exists' {
        $told = Update-MfaLongTermCredential prod -TokenCode (Get-Code $user) -Confirm:$false -Verbose 4>&1
        "$told" | Should -Match "Access key $($user.AccessKeyId) exists since $([datetime]::UtcNow.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)), 0 days\."
    }

    It 'names the second key of a user who has two, and changes nothing' {
        $session = Get-NewSession $user
        Update-MfaLongTermCredential prod -Confirm:$false
        $first = (Get-MfaLongTermCredential prod).AccessKeyId
        $second = Invoke-Control key @{ name = $user.Name }
        $before = Get-FileState
        $failure = Get-Failure { Update-MfaLongTermCredential prod -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -Match '^AccessKeyLimit,'
        $failure.Exception.Message | Should -Match $second.AccessKeyId
        $failure.ErrorDetails.RecommendedAction | Should -Match "delete-access-key --access-key-id $($second.AccessKeyId)"
        Get-FileState | Should -Be $before
        $first | Should -Be (Get-MfaLongTermCredential prod).AccessKeyId
    }

    It 'has a High impact: unattended it asks, so it cannot run without -Confirm:$false' {
        $before = Get-FileState
        { Update-MfaLongTermCredential prod -TokenCode (Get-Code $user) } | Should -Throw
        Get-FileState | Should -Be $before
    }

    It 'does nothing under -WhatIf' {
        $before = Get-FileState
        Update-MfaLongTermCredential prod -TokenCode (Get-Code $user) -WhatIf
        Get-FileState | Should -Be $before
        Get-StsCallCount $user | Should -Be 0
    }

    It 'fails without a session when nobody can be asked, and for a profile without keys' {
        (Get-Failure { Update-MfaLongTermCredential prod -NoPrompt -Confirm:$false }).FullyQualifiedErrorId | Should -Match '^TokenCodeRequired,'
        (Get-Failure { Update-MfaLongTermCredential nobody -Confirm:$false }).FullyQualifiedErrorId | Should -Match '^LongTermCredentialNotFound,'
    }
}

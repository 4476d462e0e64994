[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    function Add-OldKey($User, [string] $Path, [string] $Section, [string] $DeviceKey) {
        $null = New-Item -ItemType Directory -Force (Split-Path $Path)
        Add-Content $Path "# $Section", "[$Section]", "aws_access_key_id = $($User.AccessKeyId)", "aws_secret_access_key = $($User.SecretAccessKey)"
        if ($DeviceKey) { Add-Content $Path "$DeviceKey = $($User.SerialNumber)" }
        if (-not $IsWindows) { chmod 600 $Path }
    }

    function Get-OldPath { "$(Get-CredentialsPath).no-mfa" }
}

Describe 'Import-MfaLongTermCredential' {
    BeforeEach {
        $null = New-ScratchHome
        $user = New-SandboxUser
    }

    It 'moves keys and device, leaves the rest of the old file, and a session can be had' {
        Add-OldKey $user (Get-OldPath) prod aws_mfa_serial
        $moved = Import-MfaLongTermCredential prod -PassThru
        $moved.Section, $moved.Path, $moved.SerialNumber | Should -Be prod-long-term, (Get-CredentialsPath), $user.SerialNumber
        Get-Content (Get-OldPath) | Should -Be '# prod'
        (Get-MfaSessionToken prod -TokenCode (Get-Code $user)).Section | Should -Be prod
    }

    It 'gives nothing without -PassThru, and nothing is left to do the second time' {
        Add-OldKey $user (Get-OldPath) prod aws_mfa_serial
        Import-MfaLongTermCredential prod | Should -BeNullOrEmpty
        $before = Get-FileState
        Import-MfaLongTermCredential prod -PassThru | ForEach-Object Section | Should -Be prod-long-term
        Get-FileState | Should -Be $before
    }

    It 'takes wildcards, and one that cannot be moved keeps no other from it' {
        Add-OldKey $user (Get-OldPath) a aws_mfa_serial
        Add-OldKey $user (Join-Path $env:HOME .stscreds credentials) b
        Add-OldKey (New-SandboxUser) (Get-CredentialsPath) a-long-term
        Import-MfaLongTermCredential * -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors.FullyQualifiedErrorId | Should -Match '^LongTermCredentialAmbiguous,'
        $errors.TargetObject | Should -Be a
        (Get-MfaLongTermCredential b).Section | Should -Be b-long-term
        Get-Content (Get-OldPath) -Raw | Should -Match $user.AccessKeyId
    }

    It 'writes nothing under -WhatIf, and names key, place and target' {
        Add-OldKey $user (Get-OldPath) prod aws_mfa_serial
        $before = Get-FileState
        $said = (Invoke-FreshPwsh 'Import-MfaLongTermCredential prod -WhatIf').Out
        $said | Should -Match ([regex]::Escape("$($user.AccessKeyId) to [prod-long-term] in '$(Get-CredentialsPath)'"))
        $said | Should -Match ([regex]::Escape("[prod] in '$(Get-OldPath)'"))
        Get-FileState | Should -Be $before
        Get-Content (Get-OldPath) -Raw | Should -Match $user.AccessKeyId
    }

    It 'closes an old file that was open to others, and says so' -Skip:$IsWindows {
        Add-OldKey $user (Get-OldPath) prod aws_mfa_serial
        chmod 644 (Get-OldPath)
        Import-MfaLongTermCredential prod -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Match ([regex]::Escape((Get-OldPath)))
        (Get-Item (Get-OldPath)).UnixMode | Should -Be '-rw-------'
    }

    It 'fails for a profile without keys' {
        (Get-Failure { Import-MfaLongTermCredential nobody }).FullyQualifiedErrorId | Should -Match '^LongTermCredentialNotFound,'
    }

    It 'takes the console''s CSV, and deletes it when told to' {
        $csv = Join-Path $env:HOME accessKeys.csv
        Set-Content $csv 'Access key ID,Secret access key', "$($user.AccessKeyId),$($user.SecretAccessKey)"
        Import-MfaLongTermCredential prod -CsvPath $csv -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Match ([regex]::Escape($csv))
        (Import-MfaLongTermCredential prod -CsvPath $csv -RemoveCsv -PassThru).AccessKeyId | Should -Be $user.AccessKeyId
        $csv | Should -Not -Exist
        Test-MfaLongTermCredential prod | Should -BeTrue
    }

    It 'takes what Get-MfaLongTermCredential lists' {
        Add-OldKey $user (Get-OldPath) prod aws_mfa_serial
        Add-OldKey $user (Join-Path $env:HOME .stscreds credentials) prod
        Get-MfaLongTermCredential | Import-MfaLongTermCredential
        (Get-MfaLongTermCredential).Section | Should -Be prod-long-term
    }
}

Describe '-SessionProfile' {
    BeforeEach { $user = New-ReadyUser }

    It 'keeps the session in a section of the user''s choice, for module, environment and other tools' {
        $session = Get-MfaSessionToken prod -SessionProfile mfa -TokenCode (Get-Code $user)
        $session.Profile, $session.Section | Should -Be prod, mfa
        (Get-MfaSession).Profile, (Get-MfaSession).Section | Should -Be prod, mfa
        Use-MfaSession prod -ByProfile
        $env:AWS_PROFILE | Should -Be mfa
        (Get-MfaSessionToken).AccessKeyId | Should -Be $session.AccessKeyId
        Get-StsCallCount $user | Should -Be 1
        Get-MfaSession | Remove-MfaSession -Confirm:$false
        Get-MfaSession | Should -BeNullOrEmpty
    }

    It 'refuses a section that has long-term keys' {
        Add-Content (Get-CredentialsPath) '[taken]', 'aws_access_key_id = AKIATAKENTAKEN000000', 'aws_secret_access_key = s'
        $before = Get-FileState
        (Get-Failure { Get-MfaSessionToken prod -SessionProfile taken -TokenCode 123456 }).FullyQualifiedErrorId | Should -Match '^ProfileUnsuitable,'
        Get-FileState | Should -Be $before
    }

    It 'refuses a name that no file can hold' {
        (Get-Failure { Use-MfaSession prod -SessionProfile 'a]b' -TokenCode 123456 }).FullyQualifiedErrorId | Should -Match '^ProfileNameInvalid,'
    }
}

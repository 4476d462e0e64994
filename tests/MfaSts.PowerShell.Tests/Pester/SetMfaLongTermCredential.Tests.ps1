[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Set-MfaLongTermCredential' {
    BeforeEach {
        $null = New-ScratchHome
        $user = New-SandboxUser
        $secret = ConvertTo-Secure $user.SecretAccessKey
    }

    It 'stores keys and device in a file that only the user can read' {
        Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey $secret -SerialNumber $user.SerialNumber | Should -BeNullOrEmpty
        Get-Content (Get-CredentialsPath) | Should -Be @(
            '[prod-long-term]'
            "aws_access_key_id = $($user.AccessKeyId)"
            "aws_secret_access_key = $($user.SecretAccessKey)"
            "aws_mfa_device = $($user.SerialNumber)")
        if (-not $IsWindows) { (Get-Item (Get-CredentialsPath)).UnixMode | Should -Be '-rw-------' }
        Get-ConfigPath | Should -Not -Exist
    }

    It 'takes both halves from a PSCredential' {
        Set-MfaLongTermCredential prod -Credential ([pscredential]::new($user.AccessKeyId, $secret))
        Test-MfaLongTermCredential prod | Should -BeTrue
    }

    It 'stores region and duration in config' {
        Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey $secret -Region eu-west-1 -Duration 2h
        Get-Content (Get-ConfigPath) | Should -Be '[profile prod]', 'region = eu-west-1', 'duration_seconds = 7200'
    }

    It 'changes only the settings when keys are stored and none are given' {
        Add-LongTermKey $user
        $before = Get-Content (Get-CredentialsPath)
        Set-MfaLongTermCredential prod -Region eu-west-1
        Get-Content (Get-CredentialsPath) | Should -Be $before
        Get-Content (Get-ConfigPath) | Should -Contain 'region = eu-west-1'
    }

    It 'gives what was stored with -PassThru, without the secret' {
        $given = Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey $secret -SerialNumber $user.SerialNumber -PassThru
        $given | Should -BeOfType MfaSts.MfaLongTermCredential
        $given.AccountId | Should -Be 123456789012
        $given.Section | Should -Be prod-long-term
        $given | ConvertTo-Json | Should -Not -Match ([regex]::Escape($user.SecretAccessKey))
    }

    It 'takes the profile from <Name> when none is named' -ForEach @(
        @{ Name = 'AWS_PROFILE' }, @{ Name = 'AWS_DEFAULT_PROFILE' }, @{ Name = 'MFASTS_PROFILE' }) {
        Set-Item "env:$Name" named
        (Set-MfaLongTermCredential -AccessKeyId $user.AccessKeyId -SecretAccessKey $secret -PassThru).Profile | Should -Be named
    }

    It 'takes default when nothing names a profile' {
        (Set-MfaLongTermCredential -AccessKeyId $user.AccessKeyId -SecretAccessKey $secret -PassThru).Profile | Should -Be default
    }

    It 'writes nothing under -WhatIf' {
        Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey $secret -WhatIf
        Get-CredentialsPath | Should -Not -Exist
    }

    It 'names under -WhatIf what would be written where' {
        Add-LongTermKey $user
        $told = (Invoke-FreshPwsh "Set-MfaLongTermCredential prod -Region eu-west-1 -WhatIf
            Set-MfaLongTermCredential prod -SerialNumber $($user.SerialNumber) -WhatIf
            Set-MfaLongTermCredential prod -SerialNumber $($user.SerialNumber) -Duration 2h -WhatIf").Out -split '\r?\n'
        $keys, $settings = "[prod-long-term] in '$(Get-CredentialsPath)'", "[profile prod] in '$(Get-ConfigPath)'"
        $told[0] | Should -BeLike "*`"Store settings of the profile`"*`"$([WildcardPattern]::Escape($settings))`".*"
        $told[1] | Should -BeLike "*`"Store MFA device *`"*`"$([WildcardPattern]::Escape($keys))`".*"
        $told[2] | Should -BeLike "*`"$([WildcardPattern]::Escape("$keys and $settings"))`".*"
    }

    It 'moves an mfa_serial that would hide the session from AWS.Tools' {
        Add-LongTermKey $user -NoDevice
        Set-Content (Get-ConfigPath) '[profile prod]', 'region = eu-west-1', "mfa_serial = $($user.SerialNumber)"
        Set-MfaLongTermCredential prod -SerialNumber $user.SerialNumber
        Get-Content (Get-ConfigPath) | Should -Be '[profile prod]', 'region = eu-west-1'
        Get-Content (Get-CredentialsPath) | Should -Contain "aws_mfa_device = $($user.SerialNumber)"
    }

    It 'refuses <Reason>, and writes nothing' -ForEach @(
        @{ Reason = 'a name with a bracket'; Id = 'ProfileNameInvalid'; With = @{ Profile = 'a]b' } }
        @{ Reason = 'a name that marks a section of another profile'; Id = 'ProfileNameInvalid'; With = @{ Profile = 'prod-long-term' } }
        @{ Reason = 'an access key ID of a session'; Id = 'AccessKeyMalformed'; With = @{ AccessKeyId = 'ASIAABCDEFGHIJKLMNOP' } }
        @{ Reason = 'an access key ID that is too short'; Id = 'AccessKeyMalformed'; With = @{ AccessKeyId = 'AKIA' } }
        @{ Reason = 'the ARN of a user for a device'; Id = 'SerialNumberInvalid'; With = @{ SerialNumber = 'arn:aws:iam::123456789012:user/alice' } }
        @{ Reason = 'a region that is none'; Id = 'RegionMismatch'; With = @{ Region = 'Frankfurt' } }
        @{ Reason = 'a duration out of range'; Id = 'DurationOutOfRange'; With = @{ Duration = '10m' } }) {
        $parameters = @{ Profile = 'prod'; AccessKeyId = $user.AccessKeyId; SecretAccessKey = $secret } + @{}
        $With.GetEnumerator() | ForEach-Object { $parameters[$_.Key] = $_.Value }
        $failure = Get-Failure { Set-MfaLongTermCredential @parameters }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,MfaSts.PowerShell.Commands.SetMfaLongTermCredentialCommand"
        $failure.TargetObject | Should -Be $parameters.Profile
        Get-CredentialsPath | Should -Not -Exist
        Get-ConfigPath | Should -Not -Exist
    }

    It 'refuses a secret that cannot be one, without repeating it' {
        $failure = Get-Failure { Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey (ConvertTo-Secure 'short canary') }
        $failure.FullyQualifiedErrorId | Should -Match '^AccessKeyMalformed,'
        "$failure" | Should -Not -Match canary
    }

    It 'warns once in a process that the file is open to others, with the command that closes it' -Skip:$IsWindows {
        Add-LongTermKey $user
        chmod 644 (Get-CredentialsPath)
        $null = Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey $secret -WarningVariable warnings 3>$null
        "$warnings" | Should -Match "chmod 600 '$(Get-CredentialsPath)'"
        $null = Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey $secret -WarningVariable again 3>$null
        $again | Should -BeNullOrEmpty
        (Get-Item (Get-CredentialsPath)).UnixMode | Should -Be '-rw-r--r--'
    }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    . "$PSScriptRoot/Terminal.ps1"
    $lack = Get-TerminalLack
}

BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Get-MfaDevice' {
    It 'lists what the user has, and marks the one that is stored' {
        $user = New-ReadyUser
        $device = Get-MfaDevice -Profile prod
        $device | Should -BeOfType MfaSts.MfaDevice
        $device.Profile | Should -Be prod
        $device.UserName | Should -Be $user.Name
        $device.Name | Should -Be $user.Name
        $device.SerialNumber | Should -Be $user.SerialNumber
        $device.Type | Should -Be Virtual
        $device.CanGiveCode | Should -BeTrue
        $device.IsStored | Should -BeTrue
        ([datetimeoffset]::UtcNow - $device.EnableDate).TotalMinutes | Should -BeLessThan 5
    }

    It 'shows in its view which give codes, and no key' {
        $user = New-UnknownDeviceUser -Devices phone -SecurityKeys passkey
        $view = Get-MfaDevice prod | Out-String -Width 250
        $view | Should -Match "(?s)authenticator apps.+prod\s+$($user.Name)-phone.+which give no codes.+prod\s+$($user.Name)-passkey"
        $view | Should -Not -Match $user.AccessKeyId
        (Get-MfaDevice prod).IsStored | Should -Be $false, $false
    }

    It 'gives nothing to a user without any, and takes profiles from the pipeline' {
        $null = New-UnknownDeviceUser -Devices @()
        Get-MfaDevice prod | Should -BeNullOrEmpty
        $user = New-SandboxUser
        Add-LongTermKey $user -Name other
        (Get-MfaLongTermCredential | Get-MfaDevice).SerialNumber | Should -Be $user.SerialNumber
    }

    It 'takes the profile of the environment' {
        $user = New-SandboxUser
        $null = New-ScratchHome
        Add-LongTermKey $user -Name chosen
        $env:AWS_PROFILE = 'chosen'
        (Get-MfaDevice).Profile | Should -Be chosen
    }

    It 'pipes one of several into Get-MfaSessionToken and into Set-MfaLongTermCredential' {
        $user = New-UnknownDeviceUser -Devices one, two
        $session = Get-MfaDevice prod | Where-Object Name -Like *-two | Get-MfaSessionToken -TokenCode (Invoke-Control code @{ serial = $user.SerialNumbers[1] }).Code
        $session.SerialNumber | Should -Be $user.SerialNumbers[1]
        Get-MfaDevice prod | Where-Object Name -Like *-one | Set-MfaLongTermCredential
        Get-Content (Get-CredentialsPath) | Should -Contain "aws_mfa_device = $($user.SerialNumbers[0])"
        (Get-MfaDevice prod | Where-Object IsStored).SerialNumber | Should -Be $user.SerialNumbers[0]
    }

    It 'stores none of several that are piped into Set-MfaLongTermCredential' {
        $null = New-UnknownDeviceUser -Devices one, two
        $before = Get-FileState
        (Get-Failure { Get-MfaDevice prod | Set-MfaLongTermCredential }).FullyQualifiedErrorId | Should -Match '^SerialNumberAmbiguous,'
        Get-FileState | Should -Be $before
    }

    It 'says what AWS says when the policy forbids it, and asks with a usable session' {
        $user = New-UnknownDeviceUser -Devices phone -Denied
        $failure = Get-Failure { Get-MfaDevice prod }
        $failure.FullyQualifiedErrorId | Should -BeLike 'AccessDenied,*'
        "$failure" | Should -Match 'not authorized to perform: iam:ListMFADevices'
        $null = Get-MfaSessionToken prod -SerialNumber $user.SerialNumber -TokenCode (Get-Code $user)
        (Get-MfaDevice prod).SerialNumber | Should -Be $user.SerialNumber
    }

    It 'names IAM when nothing answers' {
        $null = New-ReadyUser
        $env:AWS_ENDPOINT_URL_IAM = 'http://127.0.0.1:9'
        $failure = Get-Failure { Get-MfaDevice prod }
        $failure.FullyQualifiedErrorId | Should -BeLike 'StsUnreachable,*'
        "$failure" | Should -Match 'No answer from AWS IAM at http://127.0.0.1:9'
        $failure.ErrorDetails.RecommendedAction | Should -Not -Match code
    }

    It 'says of a profile without keys what to do' {
        $null = New-ScratchHome
        (Get-Failure { Get-MfaDevice absent }).FullyQualifiedErrorId | Should -BeLike 'LongTermCredentialNotFound,*'
    }
}

Describe 'A profile for which no device is known' {
    It 'gets the only one that gives codes, which is remembered and not asked for again' {
        $user = New-UnknownDeviceUser -Devices phone -SecurityKeys passkey
        $before = Get-Content (Get-CredentialsPath)
        (Get-MfaSessionToken prod -TokenCode (Get-Code $user)).SerialNumber | Should -Be $user.SerialNumber
        (Get-Content (Get-CredentialsPath))[0..3] | Should -Be (@($before) + "aws_mfa_device = $($user.SerialNumber)")
        $null = Get-MfaSessionToken prod -Force -TokenCode (Get-Code $user -Next)
        Get-DeviceCallCount $user | Should -Be 1
    }

    It 'gets it through Use-MfaSession, too' {
        $user = New-UnknownDeviceUser -Devices phone
        Use-MfaSession prod -TokenCode (Get-Code $user)
        $env:AWS_ACCESS_KEY_ID | Should -Match '^ASIA'
        Get-DeviceCallCount $user | Should -Be 1
    }

    It 'asks nobody while a usable session is stored' {
        $user = New-UnknownDeviceUser -Devices phone
        $id = Add-Session
        (Get-MfaSessionToken prod).AccessKeyId | Should -Be $id
        Get-StsCallCount $user | Should -Be 0
    }

    It 'asks nobody and stores nothing under -WhatIf' {
        $user = New-UnknownDeviceUser -Devices phone
        $before = Get-FileState
        Get-MfaSessionToken prod -TokenCode 123456 -WhatIf | Should -BeNullOrEmpty
        Get-FileState | Should -Be $before
        Get-StsCallCount $user | Should -Be 0
    }

    It 'is told all of several when nobody can be asked (<Name>)' -ForEach @(
        @{ Name = 'a code is given'; Arguments = @{ TokenCode = '123456' } }
        @{ Name = '-NoPrompt'; Arguments = @{ NoPrompt = $true } }) {
        $user = New-UnknownDeviceUser -Devices phone, token
        $before = Get-FileState
        $failure = Get-Failure { Get-MfaSessionToken prod @Arguments }
        $failure.FullyQualifiedErrorId | Should -BeLike 'SerialNumberAmbiguous,*'
        $failure.CategoryInfo.Category | Should -Be InvalidArgument
        $failure.TargetObject | Should -Be prod
        foreach ($serial in $user.SerialNumbers) { "$failure" | Should -Match ([regex]::Escape("$($serial.Split('/')[-1]) ($serial)")) }
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Set-MfaLongTermCredential -Profile prod -SerialNumber'
        Get-FileState | Should -Be $before
        Get-StsCall $user | Where-Object Action -EQ GetSessionToken | Should -BeNullOrEmpty
    }

    It 'is told that there is none that gives codes, with the page to set one up (<SecurityKeys>)' -ForEach @(
        @{ SecurityKeys = @(); Said = 'has no MFA device\.' }
        @{ SecurityKeys = @('passkey'); Said = 'a passkey or security key does not, and AWS lists only \S+-passkey' }) {
        $null = New-UnknownDeviceUser -Devices @() -SecurityKeys $SecurityKeys
        $before = Get-FileState
        $failure = Get-Failure { Get-MfaSessionToken prod -TokenCode 123456 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'SerialNumberMissing,*'
        "$failure" | Should -Match $Said
        "$failure" | Should -Match 'Nothing was changed'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'https://docs\.aws\.amazon\.com/IAM/latest/UserGuide/id_credentials_mfa_enable_virtual\.html'
        Get-FileState | Should -Be $before
    }

    It 'is told how to store one when the policy forbids to list them' {
        $null = New-UnknownDeviceUser -Devices phone -Denied
        $failure = Get-Failure { Get-MfaSessionToken prod -TokenCode 123456 }
        $failure.FullyQualifiedErrorId | Should -BeLike 'SerialNumberMissing,*'
        "$failure" | Should -Match 'not authorized to perform: iam:ListMFADevices'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Set-MfaLongTermCredential -Profile prod.*iam:ListMFADevices'
    }

    It 'is refused for what else is wrong before AWS is asked' {
        $user = New-UnknownDeviceUser -Devices phone
        (Get-Failure { Get-MfaSessionToken prod -TokenCode 123456 -Duration 10m }).FullyQualifiedErrorId | Should -BeLike 'DurationOutOfRange,*'
        Get-StsCallCount $user | Should -Be 0
    }
}

Describe 'The choice among several devices, on a real terminal' -Skip:([bool]$lack) {
    BeforeAll { . "$PSScriptRoot/Terminal.ps1" }

    It 'is asked before the code, and remembered' {
        $user = New-UnknownDeviceUser -Devices phone, token -SecurityKeys passkey
        $result = Invoke-Terminal @(
            (Enter-Line '"got=" + (Get-MfaSessionToken prod).SerialNumber')
            @{ expect = "Which MFA device should profile 'prod' use?" }, @{ expect = '-phone' }, @{ expect = '-token' }, (Enter-Line '2')
            @{ expect = "MFA code for profile 'prod' ($($user.SerialNumbers[1])): " }
            @{ sendfrom = "$env:PESTER_ENDPOINT/control/code?seconds=0&serial=$([uri]::EscapeDataString($user.SerialNumbers[1]))" }
            @{ expect = "got=$($user.SerialNumbers[1])" }, @{ expect = $Ready })
        $result.screen | Should -Not -Match 'passkey'
        Get-Content (Get-CredentialsPath) | Should -Contain "aws_mfa_device = $($user.SerialNumbers[1])"
    }

    It 'ends at Ctrl+C, with nothing stored and nothing asked behind it' {
        $user = New-UnknownDeviceUser -Devices phone, token
        $before = Get-FileState
        $result = Invoke-Terminal @(
            (Enter-Line "Get-MfaSessionToken prod; 'went ' + 'on'")
            @{ expect = 'Which MFA device' }, @{ expect = '-token' }, @{ rest = 0.5 }, @{ send = $CtrlC }, @{ expect = $Ready })
        $result.screen | Should -Not -Match 'went on'
        $result.screen | Should -Not -Match 'MFA code for'
        Get-FileState | Should -Be $before
        Get-StsCall $user | Where-Object Action -EQ GetSessionToken | Should -BeNullOrEmpty
    }

    It 'a slow answer of IAM is not waited for behind Ctrl+C' {
        $user = New-UnknownDeviceUser -Devices phone
        $before = Get-FileState
        Set-Fault $user slow -Seconds 3600
        $result = Invoke-Terminal @(
            (Enter-Line "Get-MfaSessionToken prod; 'went ' + 'on'")
            @{ expect = 'Asking AWS for the MFA devices' }, @{ send = $CtrlC }, @{ expect = $Ready }
            (Enter-Line '"errors=" + $Error.Count'), @{ expect = 'errors=0' })
        $result.screen | Should -Not -Match 'went on'
        Get-FileState | Should -Be $before
    }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    . "$PSScriptRoot/Terminal.ps1"
    $lack = Get-TerminalLack
}

Describe 'Prompts on a real terminal' -Skip:([bool]$lack) {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        . "$PSScriptRoot/Terminal.ps1"

        # This one has to wait for a device's next code, up to half a minute: it goes on behind the others.
        $repeater = New-ReadyUser
        $repeaterHome = $env:HOME
        $null = Get-MfaSessionToken prod -TokenCode ($spent = Get-Code $repeater)
        $repeating = Start-Terminal @(
            (Enter-Line '(Get-MfaSessionToken prod -Force).Origin')
            @{ expect = 'MFA code for profile' }, (Enter-Line $spent)
            @{ expect = 'AWS accepts a code once' }
            @{ expect = 'Waiting for the next MFA code' }
            @{ expect = 'MFA code for profile' }
            @{ sendfrom = "$env:PESTER_ENDPOINT/control/code?seconds=30&serial=$([uri]::EscapeDataString($repeater.SerialNumber))" }
            @{ expect = "Sts`r" }, @{ expect = $Ready })

        # A user's key, asked for; and the same from the beginning, for a profile that has one.
        function Enter-Key($User) {
            @{ expect = 'AWS access key ID' }, (Enter-Line $User.AccessKeyId)
            @{ expect = 'AWS secret access key' }, (Enter-Line $User.SecretAccessKey)
        }

        function Enter-OtherKey($User) {
            Enter-Line 'Set-MfaLongTermCredential'
            @{ expect = 'Name of the profile' }, (Enter-Line prod)
            @{ expect = 'Give another one?' }, (Enter-Line y)
            Enter-Key $User
        }
    }

    It 'Set-MfaLongTermCredential asks for what is missing, and the screen never shows the secret' {
        $null = New-ScratchHome
        $user = New-SandboxUser
        $result = Invoke-Terminal @(
            (Enter-Line 'Set-MfaLongTermCredential -Profile prod')
            @{ expect = "AWS access key ID for profile 'prod': " }, (Enter-Line $user.AccessKeyId)
            @{ expect = "AWS secret access key for $($user.AccessKeyId): " }, (Enter-Line $user.SecretAccessKey)
            @{ expect = "MFA device ARN for profile 'prod' (Enter to skip): " }, (Enter-Line $user.SerialNumber)
            @{ expect = $Ready }, (Enter-Line "'test=' + (Test-MfaLongTermCredential prod)"), @{ expect = 'test=True' })
        $result.screen | Should -Not -Match ([regex]::Escape($user.SecretAccessKey))
        $result.screen | Should -Match ('\*' * 40 -replace '\*', '\*')
        Get-Content (Get-CredentialsPath) | Should -Be @(
            '[prod-long-term]'
            "aws_access_key_id = $($user.AccessKeyId)"
            "aws_secret_access_key = $($user.SecretAccessKey)"
            "aws_mfa_device = $($user.SerialNumber)")
    }

    It 'Set-MfaLongTermCredential without arguments leads to the first session' {
        $null = New-ScratchHome
        $user = New-SandboxUser
        $result = Invoke-Terminal @(
            (Enter-Line 'Set-MfaLongTermCredential; "key=$env:AWS_ACCESS_KEY_ID"')
            @{ expect = "Name of the profile (Enter for 'default'): " }, (Enter-Line prod)
            @{ expect = "AWS access key ID for profile 'prod': " }, (Enter-Line $user.AccessKeyId)
            @{ expect = "AWS secret access key for $($user.AccessKeyId): " }, (Enter-Line $user.SecretAccessKey)
            @{ expect = 'AWS accepts the key; it is that of arn:aws:iam::' }, @{ expect = "MFA device: " }
            @{ expect = 'Get a session for this shell now?' }, (Enter-Line '')
            @{ expect = "MFA code for profile 'prod' ($($user.SerialNumber)): " }, (Enter-Line (Get-Code $user))
            @{ expect = "Tomorrow: Use-MfaSession prod`r" }, @{ expect = 'key=ASIA' }, @{ expect = $Ready })
        $result.screen | Should -Not -Match ([regex]::Escape($user.SecretAccessKey))
        (Get-MfaLongTermCredential).SerialNumber | Should -Be $user.SerialNumber
        (Get-MfaSession).Profile | Should -Be prod
    }

    It 'Set-MfaLongTermCredential without arguments stores no key that AWS refuses, and replaces none unasked' {
        $user = New-ReadyUser
        $before = Get-FileState
        $null = Invoke-Terminal @(
            (Enter-Line 'Set-MfaLongTermCredential')
            @{ expect = 'Name of the profile' }, (Enter-Line other)
            @{ expect = 'AWS access key ID' }, (Enter-Line AKIAUNKNOWNUNKNOWN00)
            @{ expect = 'AWS secret access key' }, (Enter-Line ('s' * 40))
            @{ expect = 'AWS does not accept the access key AKIAUNKNOWNUNKNOWN00' }, @{ expect = $Ready }
            (Enter-Line 'Set-MfaLongTermCredential')
            @{ expect = 'Name of the profile' }, (Enter-Line prod)
            @{ expect = 'Give another one?' }, (Enter-Line ''), @{ expect = $Ready })
        Get-FileState | Should -Be $before
    }

    It 'Set-MfaLongTermCredential without arguments says nothing of a session when its code is put off by Ctrl+C' {
        $null = New-ScratchHome
        $user = New-SandboxUser
        $result = Invoke-Terminal @(
            (Enter-Line "Set-MfaLongTermCredential; 'went ' + 'on'")
            @{ expect = 'Name of the profile' }, (Enter-Line prod)
            (Enter-Key $user)
            @{ expect = 'Get a session for this shell now?' }, (Enter-Line '')
            @{ expect = 'MFA code for profile' }, @{ rest = 0.5 }, @{ send = $CtrlC }, @{ expect = $Ready }
            (Enter-Line '"errors=" + $Error.Count + $env:AWS_ACCESS_KEY_ID'), @{ expect = 'errors=0' })
        $result.screen | Should -Not -Match 'The session is in this shell|went on'
        (Get-MfaLongTermCredential).AccessKeyId | Should -Be $user.AccessKeyId
    }

    It 'Set-MfaLongTermCredential <Arguments> refuses a name that cannot be stored before it asks for keys' -ForEach @(
        @{ Arguments = '' }, @{ Arguments = "'my prod'" }) {
        $null = New-ScratchHome
        $name = $Arguments ? @() : @(@{ expect = 'Name of the profile' }, (Enter-Line 'my prod'))
        $result = Invoke-Terminal (@(Enter-Line "Set-MfaLongTermCredential $Arguments") + $name + @{ expect = "'my prod' cannot be used as a profile name" }, @{ expect = $Ready })
        $result.screen | Should -Not -Match 'AWS access key ID'
    }

    It 'Set-MfaLongTermCredential without arguments, for another user''s key, takes his device and a session of his' {
        $old = New-ReadyUser
        $null = Add-Session prod
        $new = New-SandboxUser
        $null = Invoke-Terminal @(
            (Enter-OtherKey $new)
            @{ expect = 'MFA device: ' }, @{ expect = 'Get a session for this shell now?' }, (Enter-Line '')
            @{ expect = "MFA code for profile 'prod' ($($new.SerialNumber)): " }, (Enter-Line (Get-Code $new))
            @{ expect = 'The session is in this shell' }, @{ expect = $Ready })
        (Get-MfaLongTermCredential).SerialNumber | Should -Be $new.SerialNumber
        Get-StsCallCount $old | Should -Be 0
    }

    It 'Set-MfaLongTermCredential without arguments, for a new key of the same user, keeps the device that is stored' {
        $user = New-SandboxUser -Devices phone, tablet
        $null = New-ScratchHome
        Set-Content (Get-CredentialsPath) '[prod-long-term]', 'aws_access_key_id = AKIAOLDOLDOLDOLDOLD0', 'aws_secret_access_key = s', "aws_mfa_device = $($user.SerialNumber)"
        $result = Invoke-Terminal @(
            (Enter-OtherKey $user)
            @{ expect = 'Get a session for this shell now?' }, (Enter-Line n), @{ expect = $Ready })
        $result.screen | Should -Not -Match 'Which MFA device'
        (Get-MfaLongTermCredential).SerialNumber | Should -Be $user.SerialNumber
    }

    It 'Get-MfaSessionToken asks for one code, masked, once; asked again, for none' {
        $user = New-ReadyUser
        $code = Get-Code $user
        $result = Invoke-Terminal @(
            (Enter-Line 'Get-MfaSessionToken -Profile prod | Use-MfaSession; "key=$env:AWS_ACCESS_KEY_ID"')
            @{ expect = "MFA code for profile 'prod' ($($user.SerialNumber)): " }, (Enter-Line $code)
            @{ expect = 'key=ASIA' }, @{ expect = $Ready }
            (Enter-Line '"again=" + (Get-MfaSessionToken prod).Origin'), @{ expect = 'again=Store' })
        [regex]::Matches($result.screen, 'MFA code for profile').Count | Should -Be 1
        $result.screen | Should -Not -Match $code
        $result.screen | Should -Match '\*{6}'
        Get-StsCallCount $user | Should -Be 1
    }

    It 'Ctrl+C at <At> ends at once, writes nothing and sends nothing' -ForEach @(
        @{ At = 'the key ID'; Command = 'Set-MfaLongTermCredential new'; Prompts = @('AWS access key ID') }
        @{ At = 'the secret'; Command = 'Set-MfaLongTermCredential new'; Prompts = 'AWS access key ID', 'AWS secret access key' }
        @{ At = 'the device'; Command = 'Set-MfaLongTermCredential new'; Prompts = 'AWS access key ID', 'AWS secret access key', 'MFA device ARN' }
        @{ At = 'the code'; Command = 'Get-MfaSessionToken prod'; Prompts = @('MFA code for profile') }
        @{ At = 'the code of Use-MfaSession'; Command = 'Use-MfaSession prod'; Prompts = @('MFA code for profile') }) {
        $user = New-ReadyUser
        $before = Get-FileState
        $answers = $user.AccessKeyId, $user.SecretAccessKey
        $steps = @(Enter-Line "$Command; 'went ' + 'on'")
        for ($i = 0; $i -lt $Prompts.Count; $i++) {
            $steps += @{ expect = $Prompts[$i] }
            # The host reads keys only some time after the prompt's text; before, Ctrl+C is a signal to whatever runs.
            $steps += @{ rest = 0.5 }
            if ($i -lt $Prompts.Count - 1) { $steps += Enter-Line $answers[$i] }
        }
        $steps += @{ send = $CtrlC }, @{ expect = $Ready }, (Enter-Line '"errors=" + $Error.Count + $env:AWS_ACCESS_KEY_ID'), @{ expect = 'errors=0' }
        $result = Invoke-Terminal $steps
        $result.screen | Should -Not -Match 'went on'
        Get-FileState | Should -Be $before
        Get-StsCallCount $user | Should -Be 0
    }

    It 'Ctrl+C during a slow call ends at once and writes nothing' {
        $user = New-ReadyUser
        Set-Fault $user slow 3600
        $before = Get-FileState
        $result = Invoke-Terminal @(
            (Enter-Line "Get-MfaSessionToken prod; 'went ' + 'on'")
            @{ expect = 'MFA code for profile' }, (Enter-Line (Get-Code $user))
            # The progress is there before the call is on its way: the SDK is loaded first.
            @{ expect = "Getting a session for 'prod'" }, @{ rest = 0.5 }
            # A call that is not ended by it ends with an error: its own time limit.
            @{ send = $CtrlC }, @{ expect = $Ready }, (Enter-Line '"errors=" + $Error.Count'), @{ expect = 'errors=0' })
        $result.screen | Should -Not -Match 'went on'
        Get-FileState | Should -Be $before
        Get-StsCallCount $user | Should -Be 1
    }

    It 'an open prompt blocks no other shell, and the code typed there later is not sent' {
        $user = New-ReadyUser
        $open, $go = (Join-Path $env:HOME open), (Join-Path $env:HOME go)
        $first = Start-Terminal @(
            (Enter-Line '$VerbosePreference = "Continue"; $s = Get-MfaSessionToken prod; "origin=" + $s.Origin')
            @{ expect = 'MFA code for profile' }, @{ touch = $open }, @{ waitfile = $go }
            @{ sendfrom = "$env:PESTER_ENDPOINT/control/code?seconds=30&serial=$([uri]::EscapeDataString($user.SerialNumber))" }
            @{ expect = 'Nothing was sent' }, @{ expect = 'origin=Store' })
        Wait-File $open
        # Told who is asking already, and free to ask here instead.
        $second = Invoke-Terminal @(
            (Enter-Line '"origin=" + (Get-MfaSessionToken prod).Origin')
            @{ expect = "A code for profile 'prod' is being asked for by process " }, @{ expect = ' on pts/' }
            @{ expect = 'MFA code for profile' }, (Enter-Line (Get-Code $user)), @{ expect = 'origin=Sts' })
        $second.missed | Should -BeNullOrEmpty
        $null = New-Item $go
        $null = Complete-Terminal $first
        Get-StsCallCount $user | Should -Be 1
    }

    It 'five digits are refused before anything is sent' {
        $user = New-ReadyUser
        $null = Invoke-Terminal @(
            (Enter-Line 'Get-MfaSessionToken prod'), @{ expect = 'MFA code for profile' }, (Enter-Line 12345), @{ expect = 'is not six digits' }, @{ expect = 'Nothing was sent' })
        Get-StsCallCount $user | Should -Be 0
    }

    It 'the same code twice: it says so, waits for the next one with progress, and asks again' {
        $result = Complete-Terminal $repeating
        [regex]::Matches($result.screen, 'MFA code for profile').Count | Should -Be 2
        Get-StsCallCount $repeater | Should -Be 2
        $env:HOME = $env:USERPROFILE = $repeaterHome
        (Get-MfaSessionToken prod).Origin | Should -Be Store
    }
}

Describe 'Prompts without a terminal to test them on' -Skip:(-not $lack) {
    It 'are not tested: <_>' -ForEach @($lack) { Set-ItResult -Skipped -Because $_ }
}

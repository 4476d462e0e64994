[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    . "$PSScriptRoot/Terminal.ps1"
    $lack = Get-TerminalLack
}

Describe 'Renewal at the prompt' -Skip:([bool]$lack) {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        . "$PSScriptRoot/Terminal.ps1"
        $line = 'Use-MfaSession prod -Renew'
        $question = @{ expect = 'MFA code for profile' }
        $showKey = Enter-Line '"key=$($env:AWS_ACCESS_KEY_ID.Length)"'
        $hasKey = @{ expect = 'key=20' }

        function Get-Shown($Result, [string] $Text) { [regex]::Matches($Result.screen, [regex]::Escape($Text)).Count }
    }

    Context 'a person who answers' {
        It 'with no session is asked at the first prompt, not in $PROFILE, and PSReadLine is <_>' -ForEach 'loaded', 'not loaded' {
            $user = New-ReadyUser
            $result = Invoke-Terminal @(
                @{ expect = 'behind the line' }
                @{ expect = "Profile 'prod' has no valid session. Enter alone, or Ctrl+C, puts this off for 10m." }
                @{ expect = "MFA code for profile 'prod' ($($user.SerialNumber)): " }, (Enter-Line (Get-Code $user))
                @{ expect = $Ready }, @{ rest = 0.5 }, $showKey, $hasKey, @{ expect = $Ready }
                (Enter-Line '"renewed=" + (Get-MfaSession -Active).IsRenewed'), @{ expect = 'renewed=True' }, @{ expect = $Ready }
            ) -ProfileLine "$line; 'behind the ' + 'line'" -PSReadLine:($_ -eq 'loaded')
            Get-Shown $result 'MFA code for' | Should -Be 1
            Get-StsCallCount $user | Should -Be 1
            $result.screen | Should -Match '\*{6}'
        }

        It 'before the session ends is asked, at its notice, and not before' {
            $user = New-ReadyUser
            $null = Add-Session prod ([datetime]::UtcNow.AddMinutes(20))
            $result = Invoke-Terminal @(
                @{ expect = $Ready }, (Enter-Line "$line -MinimumRemaining 30m")
                @{ expect = "The session of profile 'prod' expires in 1" }, $question, (Enter-Line (Get-Code $user))
                @{ expect = $Ready }, $showKey, $hasKey, @{ expect = $Ready }) -ProfileLine $line
            Get-Shown $result 'MFA code for' | Should -Be 1
            Get-StsCallCount $user | Should -Be 1
        }

        It 'is asked again for what is no code, and may correct a digit' {
            $user = New-ReadyUser
            $code = Get-Code $user
            $null = Invoke-Terminal @(
                $question, (Enter-Line 123), @{ expect = 'Six digits are needed' }
                $question, (Enter-Line 'ls'), @{ expect = 'Six digits are needed' }
                $question, (Enter-Line ('9' + [char]127 + $code)), @{ expect = $Ready }, $showKey, $hasKey) -ProfileLine $line
            Get-StsCallCount $user | Should -Be 1
        }

        It 'is asked again when AWS refuses the code' {
            $user = New-ReadyUser
            $code = Get-Code $user
            $null = Invoke-Terminal @(
                $question, (Enter-Line ('{0:d6}' -f ((1 + $code) % 1000000))), @{ expect = 'MFA code' }
                $question, (Enter-Line $code), @{ expect = $Ready }, $showKey, $hasKey) -ProfileLine $line
            Get-StsCallCount $user | Should -Be 2
        }
    }

    Context 'a person who does not' {
        It '<Name> puts it off for all shells, and the user''s own prompt comes' -ForEach @(@{ Name = 'Enter'; Key = "`r" }, @{ Name = 'Ctrl+C'; Key = [string][char]3 }) {
            $user = New-ReadyUser
            $result = Invoke-Terminal @(
                $question, @{ rest = 0.5 }, @{ send = $Key }
                @{ expect = 'Nobody is asked for a code until ' }, @{ expect = 'Use-MfaSession prod -Force' }, @{ expect = $Ready }
                (Enter-Line '"errors=" + $Error.Count'), @{ expect = 'errors=0' }, @{ expect = $Ready }) -ProfileLine $line
            Get-Shown $result 'MFA code for' | Should -Be 1
            Get-Shown $result 'PS>' | Should -Be 0
            # Another shell is told, once, and not asked.
            $other = Invoke-Terminal @(
                @{ expect = 'Nobody is asked for a code until ' }, @{ expect = $Ready }
                (Enter-Line '"errors=" + $Error.Count'), @{ expect = 'errors=0' }, @{ expect = $Ready }) -ProfileLine $line
            Get-Shown $other 'MFA code for' | Should -Be 0
            Get-Shown $other 'Nobody is asked' | Should -Be 1
            # Ten minutes later it is asked again.
            Get-ChildItem (Join-Path $env:HOME .aws .mfasts) -Filter *renewal-put-off -Force | ForEach-Object { $_.LastWriteTimeUtc = [datetime]::UtcNow.AddMinutes(-10.1) }
            $null = Invoke-Terminal @($question, @{ rest = 0.5 }, @{ send = $Key }, @{ expect = $Ready }) -ProfileLine $line
            Get-StsCallCount $user | Should -Be 0
        }

        It 'Ctrl+C during a slow call ends it at once' {
            $user = New-ReadyUser
            Set-Fault $user slow 3600
            $result = Invoke-Terminal @(
                $question, (Enter-Line (Get-Code $user)), @{ expect = "Getting a session for 'prod'" }, @{ rest = 0.5 }
                @{ send = $CtrlC }, @{ expect = 'Nobody is asked for a code until ' }, (Enter-Line "'he' + 're'"), @{ expect = 'here' }) -ProfileLine $line
            # A call that is not ended by it ends with an error: its own time limit.
            Get-Shown $result 'No answer from AWS STS' | Should -Be 0
            Get-StsCallCount $user | Should -Be 1
        }

        It 'keys that were typed ahead are not taken for a code' {
            $user = New-ReadyUser
            $typed = Join-Path $env:HOME typed
            $result = Invoke-Terminal @(
                @{ expect = 'behind the line' }, (Enter-Line '123456; "typed " + "ahead"'), @{ touch = $typed }
                @{ expect = $Ready }, @{ expect = 'typed ahead' }, $question, @{ send = $CtrlC }, @{ expect = $Ready }) -ProfileLine "$line; 'behind the ' + 'line'; while (-not (Test-Path '$typed')) { Start-Sleep -Milliseconds 50 }; Start-Sleep 1"
            Get-Shown $result 'MFA code for' | Should -Be 1
            Get-StsCallCount $user | Should -Be 0
        }
    }

    Context 'what is not a person''s prompt' {
        It '-NonInteractive on a terminal asks nobody' {
            $user = New-ReadyUser
            $result = Invoke-Terminal @(@{ expect = $Ready }) -ProfileLine $line -Options -NonInteractive
            Get-Shown $result 'MFA code for' | Should -Be 0
            Get-Shown $result 'no valid session' | Should -Be 0
        }

        It 'a redraw by PSReadLine, or a call of prompt by a script, asks nobody' {
            # The session comes near its end while the shell waits at its first prompt. A slow machine gets more time until then.
            for ($seconds = 8; ; $seconds *= 4) {
                $null = New-ReadyUser
                $near = [datetime]::UtcNow.AddSeconds($seconds)
                $null = Add-Session prod $near.AddMinutes(10)
                $open, $go = (Join-Path $env:HOME open), (Join-Path $env:HOME go)
                $shell = Start-Terminal @(
                    @{ expect = $Ready }, @{ touch = $open }, @{ waitfile = $go }, @{ send = [string][char]20 }, @{ expect = $Ready }
                    (Enter-Line "'by a ' + 'script: ' + (prompt)"), @{ expect = 'by a script: PS-READY> ' }
                    @{ expect = "The session of profile 'prod' expires in " }, $question, @{ send = $CtrlC }, @{ expect = $Ready }
                ) -ProfileLine "$line; Set-PSReadLineKeyHandler Ctrl+t { [Microsoft.PowerShell.PSConsoleReadLine]::InvokePrompt() }" -PSReadLine
                while (-not (Test-Path $open) -and [datetime]::UtcNow -lt $near) { Start-Sleep -Milliseconds 50 }
                if (Test-Path $open) { break }
                $shell.Process.Kill($true)
            }
            while ([datetime]::UtcNow -lt $near) { Start-Sleep -Milliseconds 50 }
            $null = New-Item $go
            $result = Complete-Terminal $shell
            Get-Shown $result 'MFA code for' | Should -Be 1
        }
    }

    It 'with -NoPrompt tells, and does not ask' {
        $user = New-ReadyUser
        $result = Invoke-Terminal @(
            @{ expect = "Profile 'prod' has no valid session. Get a new one with: Use-MfaSession prod -Force" }, @{ expect = $Ready }, (Enter-Line "'he' + 're'"), @{ expect = 'here' }, @{ expect = $Ready }) -ProfileLine "$line -NoPrompt"
        Get-Shown $result 'Get a new one with' | Should -Be 1
    }

    It 'with an mfa_process renews without asking' {
        $user = New-ReadyUser
        Set-Content (Get-ConfigPath) '[profile prod]', "mfa_process = curl -s '$env:PESTER_ENDPOINT/control/code?serial=$([uri]::EscapeDataString($user.SerialNumber))' | tr -dc 0-9"
        chmod 600 (Get-ConfigPath)
        $result = Invoke-Terminal @(@{ expect = $Ready }, $showKey, $hasKey, @{ expect = $Ready }) -ProfileLine $line
        Get-Shown $result 'MFA code for' | Should -Be 0
        Get-StsCallCount $user | Should -Be 1
    }

    It 'an mfa_process that fails is told of once, and not run at each prompt' {
        $user = New-ReadyUser
        $runs = Join-Path $env:HOME runs
        Set-Content (Get-ConfigPath) '[profile prod]', "mfa_process = echo run >> '$runs'; exit 3"
        chmod 600 (Get-ConfigPath)
        $result = Invoke-Terminal @(@{ expect = 'exited with 3' }, @{ expect = $Ready }, (Enter-Line "'he' + 're'"), @{ expect = 'here' }, @{ expect = $Ready }) -ProfileLine $line
        Get-Shown $result 'exited with 3' | Should -Be 1
        Get-Content $runs | Should -HaveCount 1
    }

    It 'one of several shells asks, the others take the session up by themselves' {
        $user = New-ReadyUser
        $open, $go = (Join-Path $env:HOME open), (Join-Path $env:HOME go)
        $asking = Start-Terminal @($question, @{ touch = $open }, @{ waitfile = $go }, (Enter-Line (Get-Code $user)), @{ expect = $Ready }, $showKey, $hasKey, @{ touch = "$go.2" }) -ProfileLine $line
        Wait-File $open
        $others = 1..5 | ForEach-Object {
            Start-Terminal @(
                @{ expect = "Profile 'prod' has no valid session. A new one is asked for by process " }, @{ expect = $Ready }, @{ touch = "$go.other$_" }
                @{ waitfile = "$go.2" }, (Enter-Line 'sh -c ''echo key=${#AWS_ACCESS_KEY_ID}'''), $hasKey, @{ expect = $Ready }) -ProfileLine $line
        }
        1..5 | ForEach-Object { Wait-File "$go.other$_" }
        $null = New-Item $go
        $null = Complete-Terminal $asking
        $screens = $others | ForEach-Object { Complete-Terminal $_ }
        $screens | ForEach-Object { Get-Shown $_ 'MFA code for' } | Should -Be 0, 0, 0, 0, 0
        Get-StsCallCount $user | Should -Be 1
    }

    It 'a question that stands open gives way to a session that came from elsewhere' {
        $user = New-ReadyUser
        $open, $go = (Join-Path $env:HOME open), (Join-Path $env:HOME go)
        $asking = Start-Terminal @($question, @{ touch = $open }, @{ waitfile = $go }, @{ send = $Enter }, @{ expect = $Ready }, $showKey, $hasKey) -ProfileLine $line
        Wait-File $open
        $null = Get-MfaSessionToken prod -TokenCode (Get-Code $user)
        $null = New-Item $go
        $result = Complete-Terminal $asking
        Get-Shown $result 'Nobody is asked' | Should -Be 0
        Get-StsCallCount $user | Should -Be 1
    }
}

Describe 'Renewal without a terminal to test it on' -Skip:(-not $lack) {
    It 'is not tested: <_>' -ForEach @($lack) { Set-ItResult -Skipped -Because $_ }
}

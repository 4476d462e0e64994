[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Every failure of this file is checked alike: its id, category and remedy, a target that is the profile's name or nothing, and files
    # as they were.
    function Assert-Failure([scriptblock] $Block, [string] $Id, [string] $Category, [string] $Message, $Caller, [int] $Calls = 0, $Target = 'prod') {
        $before = Get-FileState
        $failure = Get-Failure $Block
        $failure.FullyQualifiedErrorId | Should -Match "^$Id,MfaSts\.PowerShell\.Commands\.\w+Command$"
        $failure.CategoryInfo.Category | Should -Be $Category
        "$failure" | Should -Match $Message
        $failure.ErrorDetails.RecommendedAction | Should -MatchExactly "\w[\s\S]*\n  More under $Id in: Get-Help about_MfaSts$"
        $failure.TargetObject | Should -Be $Target
        if ($null -ne $Target) { $failure.TargetObject | Should -BeOfType string }
        Get-FileState | Should -Be $before
        if ($Caller) { Get-StsCallCount $Caller | Should -Be $Calls }
        $failure
    }

    # The code was not spent by a failure before: it still gets a session.
    function Assert-CodeUnspent([string] $Code) { (Get-MfaSessionToken prod -TokenCode $Code).Origin | Should -Be Sts }

    # The same checks for a failure in a pwsh that is wrapped into a namespace or another user. The text is what its catch printed.
    function Assert-WrappedFailure($Result, [string] $Id, [string] $Category, [string] $Message) {
        $Result.Err | Should -BeNullOrEmpty
        $failure = $Result.Out | ConvertFrom-Json
        $failure.Id | Should -Match "^$Id,"
        $failure.Category | Should -Be $Category
        $failure.Message | Should -Match $Message
        $failure.Remedy | Should -Not -BeNullOrEmpty
        $failure.Target | Should -BeIn @($null, 'prod')
    }

    $isRoot = -not $IsWindows -and (id -u) -eq '0'
}

Describe 'Errors before anything is sent' {
    It 'no long-term key' {
        $user = New-ReadyUser
        Assert-Failure { Get-MfaSessionToken nobody -TokenCode (Get-Code $user) } LongTermCredentialNotFound ObjectNotFound 'nobody-long-term' $user -Target nobody
    }

    It 'a mistyped profile is met with the nearest one: <_>' -ForEach @(
        'Use-MfaSession prdo', 'Use-MfaSession prdo -Renew', 'Use-MfaSession PROD', 'Get-MfaSessionToken prdo', 'Test-MfaLongTermCredential prdo',
        'Get-MfaLongTermCredential prdo', 'Remove-MfaLongTermCredential prdo -Confirm:$false', 'Update-MfaLongTermCredential prdo -Confirm:$false',
        'Import-MfaLongTermCredential prdo', 'Get-MfaDevice prdo', 'Get-MfaSession prdo', 'Remove-MfaSession prdo -Confirm:$false'
    ) {
        $user = New-ReadyUser
        $name = ($_ -split ' ')[1]
        $id, $otherwise = $_ -match 'MfaSession prdo( -Confirm:\$false)?$' -and $_ -notlike 'Use-*' ?
            @('SessionNotFound', "get one with: Get-MfaSessionToken -Profile $name") :
            @('LongTermCredentialNotFound', "store one with: Set-MfaLongTermCredential -Profile $name")
        $failure = Assert-Failure ([scriptblock]::Create($_)) $id ObjectNotFound $name $user -Target $name
        $failure.Exception.Error.Remedy | Should -BeExactly "Did you mean 'prod'? If not, $otherwise"
    }

    It 'a mistyped profile in the environment is met with the nearest one, and its own name with none' {
        $null = New-ReadyUser
        $env:AWS_PROFILE = 'prdo'
        (Get-Failure { Use-MfaSession }).Exception.Error.Remedy | Should -BeLike "Did you mean 'prod'?*"
        (Get-Failure { Get-MfaSession prod }).Exception.Error.Remedy | Should -Not -Match 'mean'
        (Get-Failure { Get-MfaSession tset }).Exception.Error.Remedy | Should -Not -Match 'mean'
    }

    It 'five digits' {
        $user = New-ReadyUser
        Assert-Failure { Get-MfaSessionToken prod -TokenCode 12345 } TokenCodeMalformed InvalidArgument 'not six digits' $user
        Assert-Failure { Get-MfaSessionToken prod -TokenCode '' } TokenCodeMalformed InvalidArgument 'not six digits' $user
        (Get-Failure { Get-MfaSessionToken prod -TokenCode 12345 }).ErrorDetails.RecommendedAction | Should -Match "begins with 0 needs quotes"
    }

    It 'a duration out of range: <_>' -ForEach '14m', '36h1s', 'configured' {
        $user = New-ReadyUser
        $code = Get-Code $user
        $duration = @{ Duration = $_ }
        if ($_ -eq 'configured') {
            Set-Content (Get-ConfigPath) '[profile prod]', 'duration_seconds = 60'
            $duration = @{}
        }
        Assert-Failure { Get-MfaSessionToken prod -TokenCode $code @duration } DurationOutOfRange InvalidArgument '900 to 129600 seconds' $user
        Assert-Failure { Get-MfaSessionToken prod @duration } DurationOutOfRange InvalidArgument '15m to 36h' $user
    }

    It 'no MFA device known, and IAM does not tell' {
        $user = New-UnknownDeviceUser -Devices phone -Denied
        $code = Get-Code $user
        Assert-Failure { Get-MfaSessionToken prod -TokenCode $code } SerialNumberMissing InvalidArgument 'No MFA device is known' $user -Calls 3
        (Get-MfaSessionToken prod -TokenCode $code -SerialNumber $user.SerialNumber).Origin | Should -Be Sts
    }

    It 'a region of another partition' {
        $user = New-ReadyUser
        $code = Get-Code $user
        Assert-Failure { Get-MfaSessionToken prod -TokenCode $code -Region cn-north-1 } RegionMismatch InvalidOperation "not in partition 'aws'" $user
        Assert-CodeUnspent $code
    }

    It 'STS unreachable, and the code is still good afterwards' {
        $user = New-ReadyUser
        $code = Get-Code $user
        $env:AWS_ENDPOINT_URL = 'http://127.0.0.1:9'
        Assert-Failure { Get-MfaSessionToken prod -TokenCode $code } StsUnreachable ConnectionError 'http://127\.0\.0\.1:9' $user
        $env:AWS_ENDPOINT_URL = $env:PESTER_ENDPOINT
        Assert-CodeUnspent $code
    }

    It 'a garbage line, with its number' {
        $user = New-ReadyUser
        $code = Get-Code $user
        Add-Content (Get-CredentialsPath) 'garbage'
        Assert-Failure { Get-MfaSessionToken prod -TokenCode $code } StoreUnreadable InvalidData "$([regex]::Escape((Get-CredentialsPath)))', line 5" $user -Target $null
        Assert-Failure { Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey (ConvertTo-Secure $user.SecretAccessKey) } StoreUnreadable InvalidData 'line 5' -Target $null
        Assert-Failure { Get-MfaSession } StoreUnreadable InvalidData 'line 5' -Target $null
    }

    It 'an unreadable credentials file' -Skip:$IsWindows {
        $user = New-ReadyUser
        $code = Get-Code $user
        if (-not $isRoot) {
            chmod 000 (Get-CredentialsPath)
            $failure = Get-Failure { Get-MfaSessionToken prod -TokenCode $code }
            chmod 600 (Get-CredentialsPath)
            $failure.FullyQualifiedErrorId | Should -Match '^StoreAccessDenied,'
            $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }
        else {
            # Root reads everything, so another user tries: one who has the folder but not the file.
            if (-not (Get-Command setpriv -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'root reads every file and setpriv is not on PATH' ; return }
            chmod 755 $env:PESTER_SCRATCH
            chown 65534:65534 $env:HOME (Join-Path $env:HOME .aws)
            $before = Get-FileState
            $result = Invoke-FreshPwsh "try { Get-MfaSessionToken prod -TokenCode $code } catch { $ErrorToJson }" -Wrapper setpriv, --reuid=65534, --regid=65534, --clear-groups
            Assert-WrappedFailure $result StoreAccessDenied PermissionDenied ([regex]::Escape((Get-CredentialsPath)))
            Get-FileState | Should -Be $before
        }
        Get-StsCallCount $user | Should -Be 0
    }

    It 'a read-only <What>' -Skip:(-not $IsLinux) -ForEach @(
        @{ What = 'folder'; Prepare = 'mount --bind "$HOME/.aws" "$HOME/.aws" && mount -o remount,bind,ro "$HOME/.aws"'; Id = 'StoreAccessDenied'; Category = 'PermissionDenied' }
        @{ What = 'folder whose disk is full'; Prepare = 'cp "$HOME/.aws/credentials" "$HOME/kept" && mount -t tmpfs -o size=8k,mode=700 none "$HOME/.aws" && cp "$HOME/kept" "$HOME/.aws/credentials" && head -c 100000 /dev/zero >"$HOME/.aws/filler" 2>/dev/null; true'; Id = 'StoreFull'; Category = 'WriteError' }) {
        $user = New-ReadyUser
        $code = Get-Code $user
        $null = unshare -rm true 2>&1
        if ($LASTEXITCODE -ne 0) { Set-ItResult -Skipped -Because 'this machine allows no mount namespace (unshare -rm)'; return }
        $before = Get-FileState
        $script = "$Prepare`nsum=`$(cksum <""`$HOME/.aws/credentials"")`n""`$@""`nrc=`$?`ntest ""`$sum"" = ""`$(cksum <""`$HOME/.aws/credentials"")"" || echo CHANGED`nexit `$rc"
        $result = Invoke-FreshPwsh "try { Get-MfaSessionToken prod -TokenCode $code } catch { $ErrorToJson }" -Wrapper unshare, -rm, sh, -c, $script, sh
        $result.Out | Should -Not -MatchExactly CHANGED
        Assert-WrappedFailure $result $Id $Category ([regex]::Escape((Get-CredentialsPath)))
        Get-FileState | Should -Be $before
        Get-StsCallCount $user | Should -Be 0
        Assert-CodeUnspent $code
    }
}

Describe 'Errors that STS answers' {
    It 'wrong keys' {
        $user = New-ReadyUser
        $unknown = [pscustomobject]@{ AccessKeyId = 'AKIAUNKNOWNUNKNOWN01'; SecretAccessKey = $user.SecretAccessKey; SerialNumber = $user.SerialNumber }
        Add-LongTermKey $unknown unknown
        Assert-Failure { Get-MfaSessionToken unknown -TokenCode (Get-Code $user) } LongTermCredentialRejected AuthenticationError AKIAUNKNOWNUNKNOWN01 -Target unknown
        $wrong = [pscustomobject]@{ AccessKeyId = $user.AccessKeyId; SecretAccessKey = 'w' * 40; SerialNumber = $user.SerialNumber }
        Add-LongTermKey $wrong wrong
        Assert-Failure { Get-MfaSessionToken wrong -TokenCode (Get-Code $user) } LongTermCredentialRejected AuthenticationError $user.AccessKeyId $user 1 -Target wrong
    }

    It 'a wrong code, sent once' {
        $user = New-ReadyUser
        $right = -30, 0, 30, 60 | ForEach-Object { Get-Code $user -Seconds $_ }
        $wrong = '000000', '111111', '222222', '333333', '444444' | Where-Object { $_ -notin $right } | Select-Object -First 1
        Assert-Failure { Get-MfaSessionToken prod -TokenCode $wrong } TokenCodeRejected AuthenticationError 'invalid MFA one time pass code' $user 1
    }

    It 'the same code twice: the second is not sent' {
        $user = New-ReadyUser
        $code = Get-Code $user
        $null = Get-MfaSessionToken prod -TokenCode $code
        Assert-Failure { Get-MfaSessionToken prod -Force -TokenCode $code } TokenCodeAlreadyUsed AuthenticationError 'accepts a code once' $user 1
    }

    It 'a device that is not the user''s' {
        $user = New-ReadyUser
        $other = New-SandboxUser
        Assert-Failure { Get-MfaSessionToken prod -TokenCode (Get-Code $user) -SerialNumber $other.SerialNumber } SerialNumberInvalid InvalidArgument 'unable to validate MFA code' $user 1
    }

    It 'throttling, sent once' {
        $user = New-ReadyUser
        Set-Fault $user throttle
        Assert-Failure { Get-MfaSessionToken prod -TokenCode (Get-Code $user) } StsThrottled LimitsExceeded 'Rate exceeded' $user 1
    }

    It 'a malformed answer, sent once: <_>' -ForEach html, garbage {
        $user = New-ReadyUser
        Set-Fault $user $_
        Assert-Failure { Get-MfaSessionToken prod -TokenCode (Get-Code $user) } StsFailed ProtocolError ([regex]::Escape($env:PESTER_ENDPOINT)) $user 1
    }

    It 'a connection that is closed in the middle: sent once, and the code counts as spent' {
        $user = New-ReadyUser
        Set-Fault $user close
        $code = Get-Code $user
        Assert-Failure { Get-MfaSessionToken prod -TokenCode $code } StsUnreachable ConnectionError 'may be spent' $user 1
        Assert-Failure { Get-MfaSessionToken prod -TokenCode $code } TokenCodeAlreadyUsed AuthenticationError 'accepts a code once' $user 1
    }

    It 'a clock <Text>' -ForEach @(
        @{ Seconds = 1200; Text = '20 minutes behind'; Message = 'clock is (20|19)m.* behind AWS' }
        @{ Seconds = -1200; Text = '20 minutes ahead'; Message = 'clock is (20|19)m.* ahead of AWS' }) {
        $user = New-ReadyUser
        $env:AWS_ENDPOINT_URL = Get-SkewedEndpoint $Seconds
        Assert-Failure { Get-MfaSessionToken prod -TokenCode (Get-Code $user) } ClockSkewed InvalidOperation $Message $user 1
    }

    It 'STS slow: a stop ends it at once, writes nothing, and the code counts as spent' {
        $user = New-ReadyUser
        Set-Fault $user slow 3600
        $code = Get-Code $user
        $before = Get-FileState
        $shell = [powershell]::Create().AddScript({ param($Module, $Code) Import-Module $Module; Get-MfaSessionToken prod -TokenCode $Code }).AddArgument($env:PESTER_MODULE).AddArgument($code)
        $running = $shell.BeginInvoke()
        while ((Get-StsCallCount $user) -eq 0 -and -not $running.IsCompleted) { Start-Sleep -Milliseconds 50 }
        $running.IsCompleted | Should -BeFalse
        $shell.Stop()
        $running.IsCompleted | Should -BeTrue
        # A call that is not ended by the stop ends with an error: its own time limit.
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
        Get-FileState | Should -Be $before
        Get-StsCallCount $user | Should -Be 1
        Assert-Failure { Get-MfaSessionToken prod -TokenCode $code } TokenCodeAlreadyUsed AuthenticationError 'accepts a code once' $user 1
    }
}

Describe 'How errors behave' {
    It 'one profile named: terminating, so that a variable keeps its value' {
        $null = New-ScratchHome
        $env:CANARY = 'kept'
        { $env:CANARY = (Get-MfaSessionToken nobody -ErrorAction SilentlyContinue).AccessKeyId } | Should -Throw
        $env:CANARY | Should -Be kept
        Remove-Item env:CANARY
    }

    It 'many profiles: one error each, not terminating' {
        $null = New-ScratchHome
        'a', 'b' | ForEach-Object { [pscustomobject]@{ Profile = $_ } } | Get-MfaSessionToken -ErrorAction SilentlyContinue -ErrorVariable errors
        $errors.TargetObject | Should -Be a, b
    }

    It 'no active session' {
        $null = New-ScratchHome
        Assert-Failure { Clear-MfaSession } NoActiveSession ObjectNotFound 'No session of MfaSts' -Target $null
    }

    It 'an expired session' {
        $session = Get-ExpiredSession
        Assert-Failure { $session | Use-MfaSession } SessionExpired InvalidOperation 'expired at \d{4}-'
    }
}

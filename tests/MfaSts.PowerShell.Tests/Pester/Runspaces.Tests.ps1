[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $names = 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CREDENTIAL_EXPIRATION', 'MFASTS_PROFILE', 'AWSU_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION',
        'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SECURITY_TOKEN', 'AWS_ACCOUNT_ID', 'AWS_CREDENTIAL_SCOPE', 'AWS_ROLE_ARN', 'AWS_WEB_IDENTITY_TOKEN_FILE'

    function Get-State { $names | ForEach-Object { "$_=" + [Environment]::GetEnvironmentVariable($_) } }
}

Describe 'Script blocks in parallel runspaces' {
    BeforeEach {
        $null = New-ScratchHome
        $ids = @{ prod = Add-Session prod; dev = Add-Session dev }
        Set-Content (Get-ConfigPath) '[profile prod]', 'region = eu-west-1', '[profile dev]', 'region = us-west-2'
        $env:AWS_PROFILE = 'mine'
        $before = Get-State
    }

    AfterEach { Clear-MfaSession -ErrorAction Ignore }

    It 'a thousand blocks of two profiles never see another account''s key, and the environment is as before' {
        $seen = 1..1000 | ForEach-Object -ThrottleLimit 8 -Parallel {
            $name = $_ % 2 ? 'prod' : 'dev'
            Import-Module $using:env:PESTER_MODULE
            Use-MfaSession $name -ByProfile:($_ % 5 -eq 0) -ScriptBlock {
                $first = "$env:AWS_ACCESS_KEY_ID $env:AWS_PROFILE $env:AWS_REGION"
                $null = [System.Threading.Thread]::Yield()
                $second = "$env:AWS_ACCESS_KEY_ID $env:AWS_PROFILE $env:AWS_REGION"
                "$name $first|$second"
            }
        }
        $seen | Should -HaveCount 1000
        $right = @(
            "prod $($ids.prod)  eu-west-1|$($ids.prod)  eu-west-1", "dev $($ids.dev)  us-west-2|$($ids.dev)  us-west-2"
            'prod  prod eu-west-1| prod eu-west-1', 'dev  dev us-west-2| dev us-west-2')
        $seen | Where-Object { $_ -notin $right } | Should -BeNullOrEmpty
        Get-State | Should -Be $before
    }

    It 'blocks with the same session run side by side' {
        $meeting = [System.Threading.Barrier]::new(2)
        $met = 1..2 | ForEach-Object -ThrottleLimit 2 -Parallel {
            Import-Module $using:env:PESTER_MODULE
            Use-MfaSession prod -ScriptBlock { ($using:meeting).SignalAndWait(30000); $env:AWS_ACCESS_KEY_ID }
        }
        # Which of the two runspaces writes first is chance.
        $met | Where-Object { $_ -is [bool] } | Should -Be $true, $true
        $met | Where-Object { $_ -is [string] } | Should -Be $ids.prod, $ids.prod
        Get-State | Should -Be $before
    }

    It 'a Use- or Clear- outside of a block waits for its end' {
        $started, $goOn = [System.Threading.ManualResetEventSlim]::new(), [System.Threading.ManualResetEventSlim]::new()
        $job = Start-ThreadJob {
            Import-Module $using:env:PESTER_MODULE
            Use-MfaSession prod -ScriptBlock { ($using:started).Set(); $null = ($using:goOn).Wait(30000); $env:AWS_ACCESS_KEY_ID }
        }
        $started.Wait(30000) | Should -BeTrue
        $release = Start-ThreadJob { Start-Sleep -Milliseconds 300; ($using:goOn).Set() }
        Use-MfaSession dev
        $env:AWS_ACCESS_KEY_ID | Should -Be $ids.dev
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be $ids.prod
        $release | Remove-Job -Force
        Clear-MfaSession
        Get-State | Should -Be $before
    }

    It 'Ctrl+C ends the wait for another block, and nothing is changed' {
        $started, $goOn = [System.Threading.ManualResetEventSlim]::new(), [System.Threading.ManualResetEventSlim]::new()
        $job = Start-ThreadJob {
            Import-Module $using:env:PESTER_MODULE
            Use-MfaSession prod -ScriptBlock { ($using:started).Set(); $null = ($using:goOn).Wait(30000); $env:AWS_ACCESS_KEY_ID }
        }
        $started.Wait(30000) | Should -BeTrue
        $shell = [powershell]::Create().AddScript({ param($Module) Import-Module $Module; Use-MfaSession dev -ScriptBlock { throw 'ran' } }).AddArgument($env:PESTER_MODULE)
        $call = $shell.BeginInvoke()
        [System.Threading.Thread]::Sleep(300)
        $call.IsCompleted | Should -BeFalse
        $shell.Stop()
        $shell.InvocationStateInfo.State | Should -Be Stopped
        $goOn.Set()
        $job | Receive-Job -Wait -AutoRemoveJob | Should -Be $ids.prod
        Get-State | Should -Be $before
    }

    It 'in a block, another session in another runspace is refused with what to use instead, and the same one is not' {
        $told = Use-MfaSession prod -ScriptBlock {
            'prod', 'dev' | ForEach-Object -ThrottleLimit 1 -Parallel {
                Import-Module $using:env:PESTER_MODULE
                try { Use-MfaSession $_ -ScriptBlock { $env:AWS_ACCESS_KEY_ID } } catch { "$($_.FullyQualifiedErrorId) $($_.ErrorDetails.RecommendedAction) $_" }
            }
            $env:AWS_ACCESS_KEY_ID
        }
        $told[0], $told[2] | Should -Be $ids.prod, $ids.prod
        $told[1] | Should -Match '^EnvironmentInUse,.*Start-Job.*mfasts exec'
        Get-State | Should -Be $before
    }

    It 'nested blocks and a Use- inside are as before' {
        Use-MfaSession prod -ScriptBlock {
            Use-MfaSession prod -ScriptBlock { Use-MfaSession dev -ScriptBlock { $env:MFASTS_PROFILE } }
            Use-MfaSession dev
            $env:MFASTS_PROFILE
        } | Should -Be dev, dev
        Get-State | Should -Be $before
    }

    It 'a runspace beside a block does not take the block''s profile for its own' {
        $started, $goOn = [System.Threading.ManualResetEventSlim]::new(), [System.Threading.ManualResetEventSlim]::new()
        $env:AWS_PROFILE = 'dev'
        $job = Start-ThreadJob {
            Import-Module $using:env:PESTER_MODULE
            Use-MfaSession prod -ScriptBlock { ($using:started).Set(); $null = ($using:goOn).Wait(30000) }
        }
        $started.Wait(30000) | Should -BeTrue
        $session = Get-MfaSessionToken
        $goOn.Set()
        $null = $job | Receive-Job -Wait -AutoRemoveJob
        $session.Profile, $session.Region | Should -Be dev, us-west-2
    }
}

Describe 'What the environment of a pod or of another partition has' {
    BeforeEach { $null = New-ScratchHome }

    AfterEach { Clear-MfaSession -ErrorAction Ignore }

    It '-ByProfile takes the pod''s role away, Clear- puts it back, and keys leave it' {
        $null = Add-Session prod
        $env:AWS_ROLE_ARN, $env:AWS_WEB_IDENTITY_TOKEN_FILE, $env:AWS_ROLE_SESSION_NAME = 'arn:aws:iam::123456789012:role/pod', '/tok', 'pod'
        Use-MfaSession prod -ByProfile
        "$env:AWS_ROLE_ARN$env:AWS_WEB_IDENTITY_TOKEN_FILE$env:AWS_ROLE_SESSION_NAME" | Should -BeNullOrEmpty
        Use-MfaSession prod
        $env:AWS_ROLE_ARN | Should -Be arn:aws:iam::123456789012:role/pod
        Use-MfaSession prod -ByProfile
        Clear-MfaSession
        $env:AWS_ROLE_ARN, $env:AWS_WEB_IDENTITY_TOKEN_FILE, $env:AWS_ROLE_SESSION_NAME | Should -Be 'arn:aws:iam::123456789012:role/pod', '/tok', 'pod'
    }

    It 'a region of another partition is replaced by one in which the keys are valid: <Partition>' -ForEach @(
        @{ Partition = 'aws-us-gov'; Given = 'us-east-1'; Right = 'us-gov-west-1' }
        @{ Partition = 'aws-cn'; Given = 'eu-west-1'; Right = 'cn-north-1' }
        @{ Partition = 'aws'; Given = 'us-gov-west-1'; Right = 'us-east-1' }
    ) {
        $null = Add-Session prod
        Add-Content (Get-CredentialsPath) '[prod-long-term]', 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE', 'aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
            "aws_mfa_device = arn:${Partition}:iam::123456789012:mfa/alice"
        $env:AWS_REGION = $env:AWS_DEFAULT_REGION = $Given
        Use-MfaSession prod
        $env:AWS_REGION, $env:AWS_DEFAULT_REGION | Should -Be $Right, $Right
        Use-MfaSession prod -ByProfile
        $env:AWS_REGION, $env:AWS_DEFAULT_REGION | Should -Be $Right, $Right
        Clear-MfaSession
        $env:AWS_REGION, $env:AWS_DEFAULT_REGION | Should -Be $Given, $Given
    }
}

Describe 'A code as it comes' {
    It 'is taken from <Name>' -ForEach @(
        @{ Name = 'two lines of a clipboard'; As = { '', $args[0] } }
        @{ Name = 'a SecureString'; As = { ConvertTo-Secure "$($args[0])`n" } }
        @{ Name = 'a text with no-break space'; As = { $args[0].Insert(3, [char]0xA0) } }
        @{ Name = 'a text with byte order mark and line end'; As = { [char]0xFEFF + $args[0] + "`r`n" } }
        @{ Name = 'a list of SecureString'; As = { , @(ConvertTo-Secure $args[0]) } }
    ) {
        $user = New-ReadyUser
        (Get-MfaSessionToken prod -TokenCode (& $As (Get-Code $user))).Profile | Should -Be prod
    }

    It 'is refused without its digits when it is none, whatever it was' {
        $null = New-ReadyUser
        foreach ($code in (ConvertTo-Secure '99887'), ('99887', 'x'), @{ a = 99887 }) {
            $failure = Get-Failure { Get-MfaSessionToken prod -TokenCode $code }
            $failure.FullyQualifiedErrorId | Should -Match '^TokenCodeMalformed,'
            "$failure" | Should -Not -Match 99887
        }
    }
}

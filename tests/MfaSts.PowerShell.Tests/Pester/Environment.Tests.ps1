[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $names = 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_CREDENTIAL_EXPIRATION', 'MFASTS_PROFILE', 'AWSU_PROFILE', 'AWS_REGION', 'AWS_DEFAULT_REGION',
        'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SECURITY_TOKEN', 'AWS_ACCOUNT_ID', 'AWS_CREDENTIAL_SCOPE'

    # All of them as one text, so that a difference is seen at once.
    function Get-State { $names | ForEach-Object { "$_=" + [Environment]::GetEnvironmentVariable($_) } }
}

Describe 'The environment' {
    BeforeEach {
        $null = New-ScratchHome
        $id = Add-Session prod
        Set-Content (Get-ConfigPath) '[profile prod]', 'region = eu-west-3'
    }

    AfterEach { Clear-MfaSession -ErrorAction Ignore }

    It 'Use- sets the keys, region, expiry and profile, and takes away what would hide or contradict them' {
        'AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SECURITY_TOKEN', 'AWS_ACCOUNT_ID', 'AWS_CREDENTIAL_SCOPE' | ForEach-Object { Set-Item "env:$_" before }
        Use-MfaSession prod | Should -BeNullOrEmpty
        $session = Get-MfaSessionToken prod
        Get-State | Should -Be @(
            "AWS_ACCESS_KEY_ID=$id"
            'AWS_SECRET_ACCESS_KEY=sessionSecretCanary0123456789abcdefghijk'
            'AWS_SESSION_TOKEN=sessionTokenCanary0123456789'
            "AWS_CREDENTIAL_EXPIRATION=$($session.Expiration.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ssZ'))"
            'MFASTS_PROFILE=prod', 'AWSU_PROFILE=prod', 'AWS_REGION=eu-west-3', 'AWS_DEFAULT_REGION=eu-west-3'
            'AWS_PROFILE=', 'AWS_DEFAULT_PROFILE=', 'AWS_SECURITY_TOKEN=', 'AWS_ACCOUNT_ID=', 'AWS_CREDENTIAL_SCOPE=')
    }

    It 'Clear- puts every one of them back, after several Use- too' {
        $names | ForEach-Object { Set-Item "env:$_" "before-$_" }
        $env:AWS_REGION = $env:AWS_DEFAULT_REGION = 'eu-north-1'
        Remove-Item env:AWS_ACCOUNT_ID
        $before = Get-State
        $null = Add-Session test
        Use-MfaSession prod
        Use-MfaSession test
        Use-MfaSession prod -ByProfile
        Clear-MfaSession
        Get-State | Should -Be $before
        Test-Path env:AWS_ACCOUNT_ID | Should -BeFalse
    }

    It 'Clear- fails when there is none of ours, and leaves foreign keys' {
        $env:AWS_ACCESS_KEY_ID = 'AKIAFOREIGN'
        (Get-Failure { Clear-MfaSession }).FullyQualifiedErrorId | Should -Match '^NoActiveSession,'
        $env:AWS_ACCESS_KEY_ID | Should -Be AKIAFOREIGN
    }

    It 'Clear- and Use- change nothing under -WhatIf' {
        $before = Get-State
        Use-MfaSession prod -WhatIf
        Get-State | Should -Be $before
        Use-MfaSession prod
        $used = Get-State
        Clear-MfaSession -WhatIf
        Get-State | Should -Be $used
    }

    It 'takes a session from the pipeline, and gives it with -PassThru' {
        $given = Get-MfaSessionToken prod | Use-MfaSession -PassThru
        $given | Should -BeOfType MfaSts.MfaSession
        $given | Out-String | Should -Not -Match Canary
        $env:AWS_ACCESS_KEY_ID | Should -Be $id
    }

    It 'a Use- that fails changes nothing' {
        Use-MfaSession prod
        $used = Get-State
        { Use-MfaSession nobody } | Should -Throw
        { Use-MfaSession prod -Force -NoPrompt } | Should -Throw
        { Use-MfaSession prod -TokenCode 1 -Force } | Should -Throw
        Get-State | Should -Be $used
    }

    It 'a profile without a region does not keep the region of the one before' {
        $null = Add-Session test
        Use-MfaSession prod
        Use-MfaSession test
        $env:AWS_REGION, $env:AWS_DEFAULT_REGION | Should -Be $null, $null
        $env:MFASTS_PROFILE | Should -Be test
    }

    It 'a region of the user''s own stays beside a profile without one' {
        $null = Add-Session test
        $env:AWS_REGION = 'eu-north-1'
        Use-MfaSession test
        $env:AWS_REGION | Should -Be eu-north-1
        Use-MfaSession prod
        Use-MfaSession test
        $env:AWS_REGION | Should -Be eu-north-1
    }

    It 'the region in the environment is not taken for the user''s wish for the next profile' {
        $null = Add-Session test
        Add-Content (Get-ConfigPath) '[profile test]', 'region = eu-south-1'
        Use-MfaSession prod
        Use-MfaSession test
        $env:AWS_REGION | Should -Be eu-south-1
    }

    It '-ByProfile sets the section and the region only, and no key' {
        Set-Content (Get-CredentialsPath) '[prod]', 'aws_access_key_id = AKIAPRODPRODPRODPROD', 'aws_secret_access_key = s'
        $null = Add-Session prod -Section prod-sts
        Use-MfaSession prod -ByProfile
        Get-State | Should -Be @(
            'AWS_ACCESS_KEY_ID=', 'AWS_SECRET_ACCESS_KEY=', 'AWS_SESSION_TOKEN=', 'AWS_CREDENTIAL_EXPIRATION=', 'MFASTS_PROFILE=', 'AWSU_PROFILE=prod-sts'
            'AWS_REGION=eu-west-3', 'AWS_DEFAULT_REGION=eu-west-3', 'AWS_PROFILE=prod-sts'
            'AWS_DEFAULT_PROFILE=', 'AWS_SECURITY_TOKEN=', 'AWS_ACCOUNT_ID=', 'AWS_CREDENTIAL_SCOPE=')
    }

    It 'Clear- from another runspace puts it back' {
        $env:AWS_PROFILE = 'mine'
        Use-MfaSession prod
        $shell = [powershell]::Create().AddScript({ param($Module) Import-Module $Module; Clear-MfaSession }).AddArgument($env:PESTER_MODULE)
        $shell.Invoke()
        $shell.HadErrors | Should -BeFalse
        $env:AWS_ACCESS_KEY_ID | Should -BeNullOrEmpty
        $env:AWS_PROFILE | Should -Be mine
    }

    It 'an inherited environment: Clear- takes out what MfaSts set, and -Active shows it' {
        Use-MfaSession prod
        $env:AWS_ACCOUNT_ID = 'foreign'
        $told = (Invoke-FreshPwsh '(Get-MfaSession -Active).Profile; Clear-MfaSession
            "key=$env:AWS_ACCESS_KEY_ID token=$env:AWS_SESSION_TOKEN profile=$env:MFASTS_PROFILE account=$env:AWS_ACCOUNT_ID"').Out -split '\r?\n'
        $told | Should -Be prod, 'key= token= profile= account=foreign'
    }

    It 'an inherited environment: its region is not taken for the user''s wish' {
        $null = Add-Session test
        $null = Add-Session bare
        Add-Content (Get-ConfigPath) '[profile test]', 'region = us-west-2'
        Use-MfaSession prod
        (Invoke-FreshPwsh 'foreach ($name in "test", "bare", "test") { Use-MfaSession $name; "$env:MFASTS_PROFILE $env:AWS_REGION $env:AWS_DEFAULT_REGION" }
            $env:AWS_REGION = "eu-north-1"; Use-MfaSession bare; $env:AWS_REGION').Out -split '\r?\n' |
            Should -Be 'test us-west-2 us-west-2', 'bare  ', 'test us-west-2 us-west-2', 'eu-north-1'
    }

    It 'after -ByProfile the section in AWS_PROFILE stands for its profile' {
        Set-Content (Get-CredentialsPath) '[prod]', 'aws_access_key_id = AKIAPRODPRODPRODPROD', 'aws_secret_access_key = s'
        $id = Add-Session prod -Section prod-sts
        Use-MfaSession prod -ByProfile
        $session = Get-MfaSessionToken
        $session.Profile, $session.Section, $session.AccessKeyId | Should -Be prod, prod-sts, $id
        $env:AWS_PROFILE = 'other-sts'
        "$(Get-Failure { Get-MfaSessionToken -NoPrompt })" | Should -Match "'other-sts'"
    }

    It 'a session from the pipeline is used though the config file is broken' {
        $session = Get-MfaSessionToken prod
        Set-Content (Get-ConfigPath) '[profile prod'
        $session | Use-MfaSession
        $env:AWS_ACCESS_KEY_ID | Should -Be $id
    }

    It 'warns of $StoredAWSCredentials, and of endpoint settings that other tools would miss' {
        Add-Content (Get-ConfigPath) 'endpoint_url = http://127.0.0.1:1'
        $StoredAWSCredentials = 'set'
        Use-MfaSession prod -WarningVariable warnings 3>$null
        $warnings | Should -HaveCount 2
        "$warnings" | Should -Match 'Clear-AWSCredential'
        "$warnings" | Should -Match '-ByProfile'
        $StoredAWSCredentials | Should -Be set
    }
}

Describe 'Use-MfaSession -ScriptBlock' {
    BeforeEach {
        $null = New-ScratchHome
        $id = Add-Session prod
        $env:AWS_PROFILE = 'mine'
        $before = Get-State
    }

    It 'runs with the session, and puts the environment back' {
        Use-MfaSession prod -ScriptBlock { $env:AWS_ACCESS_KEY_ID; $env:AWS_PROFILE } | Should -Be $id, $null
        Get-State | Should -Be $before
    }

    It 'puts it back when the block throws' {
        { Use-MfaSession prod -ScriptBlock { throw 'inner' } } | Should -Throw inner
        Get-State | Should -Be $before
    }

    It 'puts it back when the reader has enough' {
        Use-MfaSession prod -ScriptBlock { 1; 2; throw 'too far' } | Select-Object -First 1 | Should -Be 1
        Get-State | Should -Be $before
    }

    It 'puts it back when the block breaks or continues a loop of the caller' {
        foreach ($i in 1, 2) { Use-MfaSession prod -ScriptBlock { break } }
        $i | Should -Be 1
        Get-State | Should -Be $before
        foreach ($i in 1, 2) { Use-MfaSession prod -ScriptBlock { continue } }
        Get-State | Should -Be $before
    }

    It 'streams: what the block wrote is seen before it ends' {
        $seen = [System.Collections.Generic.List[string]]::new()
        Use-MfaSession prod -ScriptBlock { 1; $seen.Add('between'); 2 } | ForEach-Object { $seen.Add("out$_") }
        $seen | Should -Be out1, between, out2
    }

    It 'keeps the streams apart, and the scope of the caller' {
        $outer = 'seen'
        $all = Use-MfaSession prod -ScriptBlock { $outer; Write-Warning w; Write-Error e -ErrorAction Continue; Write-Information i; $inner = 1 } *>&1
        $all | ForEach-Object { $_.GetType().Name } | Should -Be String, WarningRecord, ErrorRecord, InformationRecord
        $all[0] | Should -Be seen
    }

    It 'nests, and keeps a session that was in use' {
        $other = Add-Session test
        Use-MfaSession test
        Use-MfaSession prod -ScriptBlock { Use-MfaSession test -ScriptBlock { $env:MFASTS_PROFILE }; $env:MFASTS_PROFILE } | Should -Be test, prod
        $env:AWS_ACCESS_KEY_ID | Should -Be $other
        Clear-MfaSession
        Get-State | Should -Be $before
    }

    It 'does not run the block under -WhatIf' {
        Use-MfaSession prod -ScriptBlock { throw 'ran' } -WhatIf
        Get-State | Should -Be $before
    }

    It 'does not run the block without a session' {
        { Use-MfaSession nobody -ScriptBlock { $script:ran = $true } } | Should -Throw '*nobody*'
        $script:ran | Should -BeNullOrEmpty
    }
}

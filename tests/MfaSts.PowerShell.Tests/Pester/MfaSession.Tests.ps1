[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll { . "$PSScriptRoot/Support.ps1" }

Describe 'Get-MfaSession' {
    BeforeAll {
        $user = New-ReadyUser
        $prod = Add-Session prod
        $null = Add-Session soon ([datetime]::UtcNow.AddMinutes(3))
        $null = Add-Session gone ([datetime]::UtcNow.AddHours(-1))
        Add-Content (Get-CredentialsPath) '[own]', 'aws_access_key_id = AKIAOWNOWNOWNOWNOWN0', 'aws_secret_access_key = s'
        $null = Add-Session own -Section own-sts
        Add-Content (Get-CredentialsPath) '[other]', 'aws_access_key_id = ASIAOTHEROTHEROTHER0', 'aws_secret_access_key = s', 'aws_session_token = t'
    }

    It 'lists sessions with their state, and no long-term key' {
        $all = Get-MfaSession
        $all.Profile | Should -Be prod, soon, gone, own, other
        $all.State | Should -Be Usable, Expiring, Expired, Usable, Unknown
        $all.Section | Should -Be prod, soon, gone, own-sts, other
        $all[0].AccountId | Should -Be 123456789012
        $all[4].Remaining | Should -BeNullOrEmpty
        $all[2].Remaining | Should -Be ([timespan]::Zero)
        $all | ForEach-Object { $_ | Should -BeOfType MfaSts.MfaSessionInfo }
    }

    It 'chooses by name and wildcard, and fails for a name that is not there' {
        (Get-MfaSession prod).AccessKeyId | Should -Be $prod
        (Get-MfaSession *o*).Profile | Should -Be prod, soon, gone, own, other
        (Get-Failure { Get-MfaSession nobody }).FullyQualifiedErrorId | Should -Match '^SessionNotFound,'
    }

    It 'gives the one in the environment with -Active, and nothing when there is none' {
        @(Get-MfaSession -Active).Count | Should -Be 0
        Use-MfaSession own
        (Get-MfaSession -Active).Section | Should -Be own-sts
        Clear-MfaSession
        Use-MfaSession prod -ByProfile
        (Get-MfaSession -Active).Profile | Should -Be prod
        Clear-MfaSession
        Get-MfaSession -Active | Should -BeNullOrEmpty
    }

    It 'gives the one in the environment with -Active when it is in no file' {
        Use-MfaSession prod
        $env:HOME = $env:PESTER_SCRATCH
        try {
            $active = Get-MfaSession -Active
            $active.Profile | Should -Be prod
            $active.AccessKeyId | Should -Be $prod
            $active.State | Should -Be Usable
            $active.Section | Should -BeNullOrEmpty
            $active.IsActive | Should -BeTrue
        }
        finally {
            $env:HOME = $env:USERPROFILE
            Clear-MfaSession
        }
    }

    It 'pipes by profile into Get-MfaSessionToken and Use-MfaSession' {
        (Get-MfaSession prod | Get-MfaSessionToken).AccessKeyId | Should -Be $prod
        Get-MfaSession prod | Use-MfaSession
        $env:AWS_ACCESS_KEY_ID | Should -Be $prod
        Clear-MfaSession
    }

    It 'has a view with the time left' {
        $view = Get-MfaSession | Out-String -Width 200
        $view | Should -Match 'prod\s+123456789012\s+Usable\s+\u2588+\u2591+\s+5h 5\dm'
        $view | Should -Not -Match 'ASIA'
    }
}

Describe 'What is listed' {
    BeforeAll {
        $user = New-ReadyUser
        $null = Add-Session prod ([datetime]::UtcNow.AddHours(9)) -Section prod-sts
        $null = Add-Session prod ([datetime]::UtcNow.AddHours(6))
        $null = Add-Session dev ([datetime]::UtcNow.AddHours(-1))
        Add-Content (Get-CredentialsPath) '[other]', 'aws_access_key_id = ASIAOTHEROTHEROTHER0', 'aws_secret_access_key = s', 'aws_session_token = t'
        $sessions = Get-MfaSession
    }

    It 'sorts by profile and then by what ends first, without a word' {
        ($sessions | Sort-Object).Section | Should -Be dev, other, prod, prod-sts
    }

    It 'sorts by any of its values, and groups' {
        ($sessions | Sort-Object Expiration -Descending).Section | Should -Be prod-sts, prod, dev, other
        ($sessions | Sort-Object Remaining).Section | Should -Be other, dev, prod, prod-sts
        ($sessions | Group-Object State -NoElement | Sort-Object Name).ForEach{ "$($_.Name) $($_.Count)" } | Should -Be 'Expired 1', 'Unknown 1', 'Usable 2'
    }

    It 'has a time left that is read at a glance in a list and a CSV' {
        $sessions[1].Remaining.ToString() | Should -Match '^05:59:\d\d$'
        ($sessions | ConvertTo-Csv | ConvertFrom-Csv)[1].Remaining | Should -Match '^05:59:\d\d$'
        $sessions[2].Remaining | Should -Be ([timespan]::Zero)
    }

    It 'is a report of plain values in JSON and CSV, without a secret' {
        $report = $sessions | Select-Object Report
        $json = $report | ConvertTo-Json -EnumsAsStrings -WarningVariable cut
        $cut | Should -BeNullOrEmpty
        $back = $json | ConvertFrom-Json
        $back[0].State | Should -BeExactly Usable
        $back[0].Expiration.ToUniversalTime() | Should -Be $sessions[0].Expiration.UtcDateTime
        $back[0].psobject.Properties | ForEach-Object { "$($_.Value)" -match '^@\{' | Should -BeFalse -Because $_.Name }
        $csv = $report | ConvertTo-Csv
        ($csv | ConvertFrom-Csv)[0].State | Should -BeExactly Usable
        [datetimeoffset]::Parse(($csv | ConvertFrom-Csv)[0].Expiration, [cultureinfo]::InvariantCulture) | Should -Be $sessions[0].Expiration
        "$json$csv" | Should -Not -Match Canary
    }

    It 'of keys sorts by profile and section, of devices by type and name' {
        $keys = 'b', 'a' | ForEach-Object { [MfaSts.MfaLongTermCredential]@{ Profile = 'p'; AccessKeyId = "AKIA$($_ -eq 'a' ? 2 : 1)"; Section = $_; Path = '/x'; IsInUse = $true } }
        ($keys | Sort-Object).Section | Should -Be a, b
        $devices = 'arn:aws:iam::123456789012:u2f/user/alice/a', 'arn:aws:iam::123456789012:mfa/z', 'arn:aws:iam::123456789012:mfa/b' |
            ForEach-Object { [MfaSts.MfaDevice]@{ Profile = 'p'; UserName = 'alice'; SerialNumber = $_; EnableDate = '2026-01-02'; IsStored = $false } }
        ($devices | Sort-Object).Name | Should -Be b, z, a
    }
}

Describe 'Remove-MfaSession' {
    BeforeEach {
        $user = New-ReadyUser
        $null = Add-Session prod
        $null = Add-Session gone ([datetime]::UtcNow.AddHours(-1))
    }

    It 'takes the session out, and leaves the key and the rest' {
        Add-Content (Get-CredentialsPath) 'region = eu-west-1'
        Remove-MfaSession gone -Confirm:$false
        (Get-MfaSession).Profile | Should -Be prod
        (Get-MfaLongTermCredential).Profile | Should -Be prod
        (Get-Content (Get-CredentialsPath))[-2, -1] | Should -Be '[gone]', 'region = eu-west-1'
    }

    It 'takes out all expired ones of its own with -Expired' {
        Add-Content (Get-CredentialsPath) '[foreign]', 'aws_access_key_id = ASIAOTHEROTHEROTHER0', 'aws_secret_access_key = s', 'aws_session_token = t', 'expiration = 2020-01-01 00:00:00'
        Remove-MfaSession -Expired -Confirm:$false
        (Get-MfaSession).Profile | Should -Be prod, foreign
    }

    It 'writes nothing under -WhatIf, and nothing when there is none' {
        $before = Get-FileState
        Remove-MfaSession prod -WhatIf
        { Remove-MfaSession prod } | Should -Throw -Because 'its impact is High, and nobody can be asked'
        (Get-Failure { Remove-MfaSession nobody }).FullyQualifiedErrorId | Should -Match '^SessionNotFound,'
        Get-FileState | Should -Be $before
    }

    It 'removes the very session that is piped to it when a profile has two' {
        $null = New-ReadyUser
        $null = Add-Session prod ([datetime]::UtcNow.AddHours(-1))
        $live = Add-Session prod -Section prod-sts
        Get-MfaSession | Where-Object State -EQ Expired | Remove-MfaSession -Confirm:$false
        (Get-MfaSession).AccessKeyId | Should -Be $live
    }

    It 'keeps a long-term key that was put over a session' {
        $null = New-ReadyUser
        Add-Content (Get-CredentialsPath) '[prod]', 'aws_access_key_id = AKIAANOTHERONE000000', 'aws_secret_access_key = another',
            'aws_session_token = left', 'expiration = 2020-01-01T00:00:00Z', 'manager = mfasts'
        Remove-MfaSession -Expired -Confirm:$false
        Get-Content (Get-CredentialsPath) | Should -Contain 'aws_access_key_id = AKIAANOTHERONE000000'
    }

    It 'removes what is piped to it' {
        Get-MfaSession | Remove-MfaSession -Confirm:$false
        Get-MfaSession | Should -BeNullOrEmpty
    }
}

Describe 'The views' {
    It 'show the same in every culture, and in constrained language' {
        $null = New-ScratchHome
        $end = [datetime]::UtcNow.AddHours(30)
        $null = Add-Session prod $end
        $shown = $end.ToLocalTime().ToString('yyyy-MM-dd HH:mm', [cultureinfo]::InvariantCulture)
        foreach ($culture in 'ar-SA', 'th-TH', 'fa-IR') {
            $text = (Invoke-FreshPwsh "[cultureinfo]::CurrentCulture = '$culture'; Get-MfaSession | Out-String -Width 200; Get-MfaSessionToken prod | Out-String -Width 200").Out
            [regex]::Matches($text, $shown) | Should -HaveCount 2 -Because $culture
            [regex]::Matches($text, ' (30h 0|29h 5[0-9])m ') | Should -HaveCount 2 -Because $culture
        }

        $text = (Invoke-FreshPwsh "`$ExecutionContext.SessionState.LanguageMode = 'ConstrainedLanguage'; Get-MfaSession | Out-String -Width 200; Get-MfaSessionToken prod | Out-String -Width 200").Out
        [regex]::Matches($text, $shown) | Should -HaveCount 2
        [regex]::Matches($text, ' (30h 0|29h 5[0-9])m ') | Should -HaveCount 2
    }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Helpers of tests.')]
param()

BeforeDiscovery {
    . "$PSScriptRoot/Terminal.ps1"
    $lack = Get-TerminalLack
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # A CSV file in a Downloads folder, one of the console's kinds.
    function New-Csv([string[]] $Lines, [string] $Name = 'accessKeys.csv') {
        $folder = New-Item -ItemType Directory -Force (Join-Path $env:HOME Downloads)
        $path = Join-Path $folder $Name
        Set-Content -LiteralPath $path $Lines
        $path
    }

    function New-KeyCsv($User) { New-Csv 'Access key ID,Secret access key', "$($User.AccessKeyId),$($User.SecretAccessKey)" }

    function Get-Stored { Get-MfaLongTermCredential | ForEach-Object { "$($_.Profile)=$($_.AccessKeyId)" } }
}

Describe 'Set-MfaLongTermCredential -CsvPath' {
    BeforeEach {
        $null = New-ScratchHome
        $alice, $bob = (New-SandboxUser), (New-SandboxUser)
        $path = New-KeyCsv $alice
    }

    It 'stores the key, with device and settings, and warns that the file still holds the secret' {
        Set-MfaLongTermCredential prod -CsvPath $path -SerialNumber $alice.SerialNumber -Region eu-west-1 -Duration 2h -WarningVariable warnings 3>$null | Should -BeNullOrEmpty
        Get-Content (Get-CredentialsPath) | Should -Be @(
            '[prod-long-term]'
            "aws_access_key_id = $($alice.AccessKeyId)"
            "aws_secret_access_key = $($alice.SecretAccessKey)"
            "aws_mfa_device = $($alice.SerialNumber)")
        Get-Content (Get-ConfigPath) | Should -Be '[profile prod]', 'region = eu-west-1', 'duration_seconds = 7200'
        "$warnings" | Should -Be "'$path' still holds the secret access key. Delete it with: Remove-Item -LiteralPath '$path'"
        $path | Should -Exist
        Test-MfaLongTermCredential prod | Should -BeTrue
    }

    It 'deletes the file with -RemoveCsv, and then warns of nothing' {
        (Set-MfaLongTermCredential prod -CsvPath $path -RemoveCsv -PassThru -WarningVariable warnings).AccessKeyId | Should -Be $alice.AccessKeyId
        $path | Should -Not -Exist
        $warnings | Should -BeNullOrEmpty
    }

    It 'stores and deletes nothing under -WhatIf' {
        Set-MfaLongTermCredential prod -CsvPath $path -RemoveCsv -WhatIf -WarningVariable warnings
        Get-CredentialsPath | Should -Not -Exist
        $path | Should -Exist
        $warnings | Should -BeNullOrEmpty
    }

    It 'takes a path that is <Kind>' -ForEach @(
        @{ Kind = 'relative to the shell'; Given = './accessKeys.csv' }
        @{ Kind = 'below the home folder'; Given = '~/Downloads/accessKeys.csv'; Fresh = $true }
        @{ Kind = 'on a drive of the shell'; Given = 'mine:/accessKeys.csv' }) {
        if ($Fresh) {
            # The shell's ~ is the home folder of when it started.
            (Invoke-FreshPwsh "Set-MfaLongTermCredential prod -CsvPath '$Given' -RemoveCsv").Err | Should -BeNullOrEmpty
        }
        else {
            $null = New-PSDrive mine FileSystem (Split-Path $path)
            Push-Location (Split-Path $path)
            try { Set-MfaLongTermCredential prod -CsvPath $Given -RemoveCsv } finally { Pop-Location; Remove-PSDrive mine }
        }
        Get-Stored | Should -Be "prod=$($alice.AccessKeyId)"
        $path | Should -Not -Exist
    }

    It 'takes wildcards literally' {
        $odd = New-Csv (Get-Content $path) 'keys[1].csv'
        Set-MfaLongTermCredential prod -CsvPath $odd -RemoveCsv
        Test-Path -LiteralPath $odd | Should -BeFalse
        (Get-Failure { Set-MfaLongTermCredential prod -CsvPath (Join-Path (Split-Path $path) '*.csv') }).FullyQualifiedErrorId | Should -Match '^CsvUnreadable,'
    }

    It 'stores several rows, each under its profile or its user' {
        $path = New-Csv 'User name,Password,Access key ID,Secret access key,Profile', "alice,,$($alice.AccessKeyId),$($alice.SecretAccessKey),",
            'viewer,,,,', "bob,,$($bob.AccessKeyId),$($bob.SecretAccessKey),work"
        Set-MfaLongTermCredential -CsvPath $path -RemoveCsv
        Get-Stored | Should -Be "alice=$($alice.AccessKeyId)", "work=$($bob.AccessKeyId)"
        $path | Should -Not -Exist
    }

    It 'stores no row and keeps the file when <Reason>' -ForEach @(
        @{ Reason = 'two rows are for one profile'; Id = 'CsvUnreadable'; Profile = 'alice'; Rows = 'alice,{0}', 'alice,{1}' }
        @{ Reason = 'several rows are to go to -Profile'; Id = 'CsvUnreadable'; Profile = 'prod'; Rows = 'alice,{0}', 'bob,{1}'; With = @{ Profile = 'prod' } }
        @{ Reason = 'one device is given for several rows'; Id = 'SerialNumberInvalid'; Profile = 'alice'; Rows = 'alice,{0}', 'bob,{1}'; With = @{ SerialNumber = 'arn:aws:iam::123456789012:mfa/x' } }
        @{ Reason = 'the second key is none'; Id = 'AccessKeyMalformed'; Profile = 'bob'; Rows = 'alice,{0}', 'bob,short,secret' }
        @{ Reason = 'the second user is no name of a profile'; Id = 'ProfileNameInvalid'; Profile = 'b=ob'; Rows = 'alice,{0}', 'b=ob,{1}' }
        @{ Reason = 'the second row lacks its secret'; Id = 'CsvUnreadable'; Profile = $null; Rows = 'alice,{0}', 'bob,AKIAIOSFODNN7EXAMPLE,' }
        @{ Reason = 'the region is none'; Id = 'RegionMismatch'; Profile = 'alice'; Rows = 'alice,{0}', 'bob,{1}'; With = @{ Region = 'Nowhere' } }) {
        $keys = $alice, $bob | ForEach-Object { "$($_.AccessKeyId),$($_.SecretAccessKey)" }
        $path = New-Csv (@('User name,Access key ID,Secret access key') + ($Rows | ForEach-Object { $_ -f $keys }))
        $parameters = $With ?? @{}
        $failure = Get-Failure { Set-MfaLongTermCredential -CsvPath $path -RemoveCsv @parameters }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,MfaSts.PowerShell.Commands.SetMfaLongTermCredentialCommand"
        $failure.TargetObject | Should -Be $Profile
        Get-CredentialsPath | Should -Not -Exist
        $path | Should -Exist
    }

    It 'keeps the file and says so when the store cannot be written' -Skip:($IsWindows -or (id -u) -eq 0) {
        chmod 500 (Split-Path (Get-CredentialsPath))
        try { $failure = Get-Failure { Set-MfaLongTermCredential prod -CsvPath $path -RemoveCsv } } finally { chmod 700 (Split-Path (Get-CredentialsPath)) }
        $failure.FullyQualifiedErrorId | Should -Match '^StoreAccessDenied,'
        $path | Should -Exist
    }
}

Describe 'Import-Csv | Set-MfaLongTermCredential' {
    BeforeEach {
        $null = New-ScratchHome
        $alice, $bob = (New-SandboxUser), (New-SandboxUser)
        $row = [pscustomobject]@{ 'Access key ID' = $alice.AccessKeyId; 'Secret access key' = $alice.SecretAccessKey }
        $other = [pscustomobject]@{ 'User name' = 'bob'; 'Access key ID' = $bob.AccessKeyId; 'Secret access key' = $bob.SecretAccessKey }
    }

    It 'stores a single row under -Profile, or the default' {
        Import-Csv (New-KeyCsv $alice) | Set-MfaLongTermCredential prod -SerialNumber $alice.SerialNumber -Region eu-west-1
        Import-Csv (New-KeyCsv $alice) | Set-MfaLongTermCredential
        $env:AWS_PROFILE = 'named'
        ($row | Set-MfaLongTermCredential -PassThru).Profile | Should -Be named
        Get-Stored | Should -Be "prod=$($alice.AccessKeyId)", "default=$($alice.AccessKeyId)", "named=$($alice.AccessKeyId)"
        (Get-MfaLongTermCredential prod).SerialNumber | Should -Be $alice.SerialNumber
        Test-MfaLongTermCredential prod | Should -BeTrue
    }

    It 'stores each of several rows under its profile or its user' {
        $row | Add-Member Profile work
        $row, $other | Set-MfaLongTermCredential
        Get-Stored | Should -Be "work=$($alice.AccessKeyId)", "bob=$($bob.AccessKeyId)"
    }

    It 'takes what makes an access key, under the names of its properties' {
        [pscustomobject]@{ UserName = 'x'; AccessKeyId = $bob.AccessKeyId; SecretAccessKey = $bob.SecretAccessKey } | Set-MfaLongTermCredential prod
        Get-Stored | Should -Be "prod=$($bob.AccessKeyId)"
    }

    It 'stores the good rows and names each bad one by one error, the profile being its target' {
        $row | Add-Member Profile work
        $bad = [pscustomobject]@{ Profile = 'bad'; 'Access key ID' = 'short'; 'Secret access key' = 'x' }
        $half = [pscustomobject]@{ Profile = 'half'; 'Access key ID' = $alice.AccessKeyId }
        $row, $bad, $half, 'text', $other | Set-MfaLongTermCredential -ErrorVariable failures -ErrorAction SilentlyContinue
        Get-Stored | Should -Be "work=$($alice.AccessKeyId)", "bob=$($bob.AccessKeyId)"
        $failures.FullyQualifiedErrorId -replace ',.*' | Should -Be CsvUnreadable, CsvUnreadable, AccessKeyMalformed
        $failures.TargetObject | Should -Be half, $null, bad
        "$($failures[1])" | Should -Match "^Object 4 from the pipeline .*: there is no column 'Access key ID'"
    }

    It 'never puts a row that is left over of several under -Profile or the default' {
        'text', $row | Set-MfaLongTermCredential prod -ErrorVariable failures -ErrorAction SilentlyContinue
        'text', $row | Set-MfaLongTermCredential -ErrorVariable +failures -ErrorAction SilentlyContinue
        $failures.Count | Should -Be 4
        Get-CredentialsPath | Should -Not -Exist
    }

    It 'stores neither of two rows for one profile' {
        $row, $other | ForEach-Object { $_ | Add-Member Profile prod }
        $row, $other | Set-MfaLongTermCredential -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -Match '^CsvUnreadable,'
        $failures.TargetObject | Should -Be prod
        Get-CredentialsPath | Should -Not -Exist
    }

    It 'writes nothing under -WhatIf, and nothing for no rows' {
        $row | Set-MfaLongTermCredential prod -WhatIf
        @() | Set-MfaLongTermCredential prod
        Get-CredentialsPath | Should -Not -Exist
    }

    It 'takes a row by its parameter, too' {
        Set-MfaLongTermCredential prod -InputObject $row
        Get-Stored | Should -Be "prod=$($alice.AccessKeyId)"
    }
}

Describe 'The offer to delete the CSV file' -Skip:([bool]$lack) {
    BeforeAll { . "$PSScriptRoot/Terminal.ps1" }

    It '<Answer> with <Holding>: the file is <Then>' -ForEach @(
        @{ Answer = 'Enter'; Send = ''; Holding = 'a key'; Password = ''; Then = 'gone' }
        @{ Answer = 'Enter'; Send = ''; Holding = 'a password besides'; Password = 'pw'; Then = 'kept' }
        @{ Answer = 'No'; Send = 'n'; Holding = 'a key'; Password = ''; Then = 'kept' }
        @{ Answer = 'Yes'; Send = 'y'; Holding = 'a password besides'; Password = 'pw'; Then = 'gone' }) {
        $null = New-ScratchHome
        $user = New-SandboxUser
        $path = New-Csv 'User name,Password,Access key ID,Secret access key', "alice,$Password,$($user.AccessKeyId),$($user.SecretAccessKey)"
        $result = Invoke-Terminal @(
            (Enter-Line "Set-MfaLongTermCredential prod -CsvPath '$path'")
            @{ expect = "MFA device ARN for profile 'prod' (Enter to skip): " }, (Enter-Line $user.SerialNumber)
            @{ expect = 'Delete the file?' }, @{ expect = '(default is' }, @{ rest = 0.5 }, (Enter-Line $Send), @{ expect = $Ready })
        Test-Path $path | Should -Be ($Then -eq 'kept')
        if ($Then -eq 'kept') { $result.screen | Should -Match 'still holds the secret access key\. Delete it with' }
        $result.screen | Should -Not -Match ([regex]::Escape($user.SecretAccessKey))
        $result.screen -match 'console password' | Should -Be ([bool]$Password)
        (Get-MfaLongTermCredential prod).SerialNumber | Should -Be $user.SerialNumber
    }

    It 'Ctrl+C at it keeps file and keys, and nothing goes on' {
        $null = New-ScratchHome
        $user = New-SandboxUser
        $path = New-KeyCsv $user
        $result = Invoke-Terminal @(
            (Enter-Line "Set-MfaLongTermCredential prod -CsvPath '$path' -SerialNumber $($user.SerialNumber); 'went ' + 'on'")
            @{ expect = '(default is' }, @{ rest = 0.5 }, @{ send = $CtrlC }, @{ expect = $Ready }, (Enter-Line '"errors=" + $Error.Count'), @{ expect = 'errors=0' })
        $result.screen | Should -Not -Match 'went on'
        $path | Should -Exist
        Get-Stored | Should -Be "prod=$($user.AccessKeyId)"
    }
}

Describe 'The offer without a terminal to test it on' -Skip:(-not $lack) {
    It 'is not tested: <_>' -ForEach @($lack) { Set-ItResult -Skipped -Because $_ }
}

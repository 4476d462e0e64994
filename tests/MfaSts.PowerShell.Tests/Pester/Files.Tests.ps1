[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    # One character for one byte, so that bytes that are no UTF-8 can be compared as text.
    function Read-Text { [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes((Get-CredentialsPath))) }
    function Write-Text([string] $Text) { [System.IO.File]::WriteAllBytes((Get-CredentialsPath), [System.Text.Encoding]::Latin1.GetBytes($Text)) }
}

Describe 'Long-term keys in [prod]' {
    BeforeEach {
        $null = New-ScratchHome
        $user = New-SandboxUser
        $own = "[prod]`naws_access_key_id = $($user.AccessKeyId)`naws_secret_access_key = $($user.SecretAccessKey)`n"
        Write-Text $own
        if (-not $IsWindows) { chmod 600 (Get-CredentialsPath) }
        Set-Content (Get-ConfigPath) '[profile prod]', 'region = eu-west-3', "mfa_serial = $($user.SerialNumber)"
    }

    It 'are never overwritten: the session goes to [prod-sts], and the warning says so' {
        $session = Get-MfaSessionToken prod -TokenCode (Get-Code $user) -WarningVariable warnings 3>$null
        $session.Section | Should -Be prod-sts
        "$warnings" | Should -Match ([regex]::Escape("The session goes to [prod-sts] in '$(Get-CredentialsPath)', since [prod] has long-term keys"))
        "$warnings" | Should -Match "In other tools, use the profile 'prod-sts'"
        $text = Read-Text
        $text.StartsWith($own) | Should -BeTrue
        $text.Substring($own.Length) | Should -Match "^\n?\[prod-sts\]\naws_access_key_id = $($session.AccessKeyId)\n"
        $text | Should -Match '(?s)\[prod-sts\].*region = eu-west-3'
        (Get-MfaSessionToken prod).AccessKeyId | Should -Be $session.AccessKeyId
        (Get-MfaSession).Section | Should -Be prod-sts
    }

    It 'a profile with <_> keeps its session apart as well' -ForEach 'credential_process = true' {
        Write-Text ''
        Add-LongTermKey $user
        Set-Content (Get-ConfigPath) '[profile prod]', $_
        (Get-MfaSessionToken prod -TokenCode (Get-Code $user) 3>$null).Section | Should -Be prod-sts
        Read-Text | Should -Not -Match '\[prod\]'
    }
}

Describe 'A file that is not pretty' {
    BeforeEach {
        $null = New-ScratchHome
        $user = New-SandboxUser
        $before = "$([char]0xEF)$([char]0xBB)$([char]0xBF)# a comment with $([char]0xE4)$([char]0xFF) in it`r`n`r`n[other]`r`naws_access_key_id=AKIAOTHEROTHEROTHER0`r`n" +
            "aws_secret_access_key   =   o/+t=her`r`ns3 =`r`n    max_concurrent_requests = 20`r`n`r`n    # inside`r`n    addressing_style = path`r`nunknown = $([char]0xFC)`r`n; more`r`n`r`n"
        $keys = "[prod-long-term]`r`naws_access_key_id = $($user.AccessKeyId)`r`naws_secret_access_key = $($user.SecretAccessKey)`r`naws_mfa_device = $($user.SerialNumber)`r`n`r`n"
        $old = "[prod]`r`n# kept`r`nAWS_ACCESS_KEY_ID  =  ASIAOLDOLDOLDOLDOLD0`r`naws_secret_access_key=old`r`naws_session_token=old`r`nregion = eu-west-3`r`n"
        $after = "`r`n# last`t`r`n[third]`naws_access_key_id = AKIATHIRDTHIRDTHIRD0`naws_secret_access_key = third`n  `t"
        Write-Text ($before + $keys + $old + $after)
        if (-not $IsWindows) { chmod 600 (Get-CredentialsPath) }
    }

    It 'differs after a new session only in the bytes of that profile' {
        $session = Get-MfaSessionToken prod -TokenCode (Get-Code $user) 3>$null
        $text = Read-Text
        $text.StartsWith($before + $keys) | Should -BeTrue
        $text.EndsWith($after) | Should -BeTrue
        $text.Substring(($before + $keys).Length, $text.Length - ($before + $keys + $after).Length) | Should -Be (
            "[prod]`r`n# kept`r`nAWS_ACCESS_KEY_ID  =  $($session.AccessKeyId)`r`naws_secret_access_key=$($session.SecretAccessKey)`r`n" +
            "aws_session_token=$($session.SessionToken)`r`nregion = eu-west-3`r`n" +
            "expiration = $($session.Expiration.UtcDateTime.ToString('yyyy-MM-ddTHH:mm:ssZ'))`r`nmanager = mfasts`r`nmfasts_endpoint = $([uri]$env:AWS_ENDPOINT_URL)`r`n")
    }

    It 'differs after new keys only in the bytes of those' {
        $secret = 'n' * 40
        Set-MfaLongTermCredential prod -AccessKeyId AKIANEWNEWNEWNEWNEW0 -SecretAccessKey (ConvertTo-Secure $secret) 3>$null
        Read-Text | Should -Be ($before + $keys.Replace($user.AccessKeyId, 'AKIANEWNEWNEWNEWNEW0').Replace($user.SecretAccessKey, $secret) + $old + $after)
    }

    It 'differs after a removal only in the lines of the session' {
        Remove-MfaSession prod -Confirm:$false
        Read-Text | Should -Be ($before + $keys + "[prod]`r`n# kept`r`nregion = eu-west-3`r`n" + $after)
    }

    It 'warns that the AWS CLI cannot read it' {
        $null = Get-MfaSessionToken prod -TokenCode (Get-Code $user) -WarningVariable warnings 3>$null
        "$warnings" | Should -Match 'BOM|byte order mark'
        "$warnings" | Should -Match 'UTF-8'
    }
}

Describe 'The file itself' {
    It 'stays the file that a symbolic link names, with its mode' -Skip:$IsWindows {
        $user = New-ReadyUser
        $target = Join-Path $env:HOME elsewhere
        Move-Item (Get-CredentialsPath) $target
        $null = New-Item -ItemType SymbolicLink (Get-CredentialsPath) -Target $target
        chmod 640 $target
        $null = Get-MfaSessionToken prod -TokenCode (Get-Code $user) 3>$null
        (Get-Item (Get-CredentialsPath)).LinkType | Should -Be SymbolicLink
        (Get-Item $target).UnixMode | Should -Be '-rw-r-----'
        Get-Content $target | Should -Contain '[prod]'
    }

    It 'is the one that AWS_SHARED_CREDENTIALS_FILE names, relative to the shell''s folder' {
        $null = New-ScratchHome
        $env:AWS_SHARED_CREDENTIALS_FILE = 'here'
        Push-Location $env:HOME
        try { Set-MfaLongTermCredential prod -AccessKeyId AKIANEWNEWNEWNEWNEW0 -SecretAccessKey (ConvertTo-Secure ('n' * 40)) }
        finally { Pop-Location }
        Join-Path $env:HOME here | Should -Exist
        Get-CredentialsPath | Should -Not -Exist
    }

    It 'of certificate authorities is relative to the shell''s folder too, where programs started there find it: <_>' -ForEach 'ca.pem', './ca.pem', '../corp/ca.pem' {
        $user = New-ReadyUser
        $folder = New-Item -ItemType Directory (Join-Path $env:HOME corp)
        Set-Content (Join-Path $folder ca.pem) 'no certificate'
        $env:AWS_ENDPOINT_URL = 'https://127.0.0.1:1'
        Set-Location $folder
        try {
            $env:AWS_CA_BUNDLE = $_
            $failure = Get-Failure { Get-MfaSessionToken prod -TokenCode 123456 }
        }
        finally { Set-Location $PSScriptRoot }
        "$failure" | Should -BeLike "'$(Join-Path $folder ca.pem)' cannot be used as the certificate authorities for AWS (AWS_CA_BUNDLE): it holds no PEM certificate*"
    }

    It 'has nothing beside it afterwards but the lock folder' {
        $user = New-ReadyUser
        $null = Get-NewSession $user
        (Get-ChildItem (Join-Path $env:HOME .aws) -Force).Name | Sort-Object | Should -Be .mfasts, credentials
        if (-not $IsWindows) { (Get-Item (Join-Path $env:HOME .aws .mfasts) -Force).UnixMode | Should -Be 'drwx------' }
        Get-ChildItem (Join-Path $env:HOME .aws .mfasts) -Force | Get-Content -Raw | Out-String | Should -Not -Match ([regex]::Escape($user.SecretAccessKey))
    }
}

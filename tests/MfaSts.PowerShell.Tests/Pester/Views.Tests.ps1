[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $null = New-ReadyUser
    Set-Content (Get-ConfigPath) '[profile prod]', 'region = eu-central-1'
    # Each ends in 8 minutes and something: Show-View makes them equal for eight minutes, so that a slow machine sees the same.
    function Get-End([timespan] $Left) { [datetime]::UtcNow + $Left + [timespan]::FromSeconds(30) }
    $null = Add-Session prod (Get-End 7:08:00)
    $null = Add-Session long (Get-End 1.06:18:00)
    $null = Add-Session hour (Get-End 00:48:00)
    $null = Add-Session gone ([datetime]::UtcNow.AddHours(-1))
    Add-Content (Get-CredentialsPath) '[own]', 'aws_access_key_id = AKIAOWNOWNOWNOWNOWN0', 'aws_secret_access_key = s'
    $null = Add-Session own (Get-End 11:28:00) -Section own-sts
    Add-Content (Get-CredentialsPath) '[other]', 'aws_access_key_id = ASIAOTHEROTHEROTHER0', 'aws_secret_access_key = s', 'aws_session_token = t'
    Use-MfaSession prod -Renew

    $keys = @(
        [MfaSts.MfaLongTermCredential]@{ Profile = 'prod'; AccessKeyId = 'AKIAIOSFODNN7EXAMPLE'; SerialNumber = 'arn:aws:iam::123456789012:mfa/alice'; Region = 'eu-central-1'; Section = 'prod-long-term'; Path = '/home/alice/.aws/credentials'; IsInUse = $true }
        [MfaSts.MfaLongTermCredential]@{ Profile = 'prod'; AccessKeyId = 'AKIAI44QH8DHBEXAMPLE'; Section = 'prod'; Path = '/home/alice/.stscreds/credentials'; IsInUse = $false }
        [MfaSts.MfaLongTermCredential]@{ Profile = 'test'; AccessKeyId = 'AKIAI55QH8DHBEXAMPLE'; SerialNumber = 'GAHT12345678'; Section = 'test'; Path = '/home/alice/.aws/credentials.no-mfa'; IsInUse = $true })
    $devices = @(
        [MfaSts.MfaDevice]@{ Profile = 'prod'; UserName = 'alice'; SerialNumber = 'arn:aws:iam::123456789012:mfa/alice'; EnableDate = '2026-01-02'; IsStored = $true }
        [MfaSts.MfaDevice]@{ Profile = 'prod'; UserName = 'alice'; SerialNumber = 'GAHT12345678'; EnableDate = '2026-01-02'; IsStored = $false }
        [MfaSts.MfaDevice]@{ Profile = 'prod'; UserName = 'alice'; SerialNumber = 'arn:aws:iam::123456789012:u2f/user/alice/yubikey'; EnableDate = '2026-01-02'; IsStored = $false })
    $views = [ordered]@{ 'MfaSession' = @(Get-MfaSessionToken prod); 'MfaSessionInfo' = Get-MfaSession; 'MfaLongTermCredential' = $keys; 'MfaDevice' = $devices }

    # What is seen, with a sign in the place of each escape, and one moment in the place of all.
    function Show-View($Objects, [int] $Width) {
        $text = $Objects | Out-String -Width $Width
        $text -replace '\d{4}-\d\d-\d\d \d\d:\d\d', '2026-01-02 03:04' -replace '(?<=\d+h \d?)\d(?=m)', '8' -replace '4\dm \d\ds', '48m 00s' -replace "`e", "`u{241B}" -split '\r?\n' | ForEach-Object TrimEnd
    }
}

AfterAll {
    Clear-MfaSession
    $PSStyle.OutputRendering = 'PlainText'
}

Describe 'The default views' {
    It 'are the approved ones, in colour and plain, at 80 and 120 columns' {
        # The user's own header colours are no part of the views.
        $PSStyle.Formatting.TableHeader = $PSStyle.Formatting.CustomTableHeaderLabel = $PSStyle.Formatting.FormatAccent = ''
        $received = foreach ($rendering in 'PlainText', 'Ansi') {
            $PSStyle.OutputRendering = $rendering
            foreach ($name in $views.Keys) { foreach ($width in 80, 120) { "## $name, $rendering, $width"; Show-View $views[$name] $width } }
        }
        $PSStyle.OutputRendering = 'PlainText'
        $received | Set-Content (Join-Path $env:PESTER_RESULTS Views.received.txt)
        $received | Should -BeExactly (Get-Content "$PSScriptRoot/Views.approved.txt")
    }

    It 'fit the width: no line is longer, and none is broken' {
        foreach ($width in 80, 120) {
            foreach ($name in $views.Keys) { Show-View $views[$name] $width | ForEach-Object { $_.Length | Should -BeLessOrEqual $width } }
        }
    }

    It 'have no colour in a file unless the user wants it there' {
        $file = Join-Path $env:HOME view.txt
        $count = { param($Setting) (Invoke-FreshPwsh "$Setting; Get-MfaSession > '$file'").Err | Should -BeNullOrEmpty; [regex]::Matches((Get-Content $file -Raw), "`e\[3\dm").Count }
        & $count '$PSStyle.OutputRendering = "Host"' | Should -Be 0
        & $count '$PSStyle.OutputRendering = "PlainText"' | Should -Be 0
        & $count '$PSStyle.OutputRendering = "Ansi"' | Should -BeGreaterThan 5
    }

    It 'show the same of what comes out of a job or a file, in any culture' {
        $culture = [cultureinfo]::CurrentCulture
        try {
            foreach ($name in 'de-DE', 'en-US') {
                [cultureinfo]::CurrentCulture = $name
                foreach ($kind in $views.Keys) {
                    $copies = $views[$kind] | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) }
                    $copies[0].PSTypeNames[0] | Should -Be "Deserialized.MfaSts.$kind"
                    Show-View $copies 120 | Should -BeExactly (Show-View $views[$kind] 120)
                }
            }
        }
        finally { [cultureinfo]::CurrentCulture = $culture }
    }

    It 'count no time below none' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($views.MfaSession[0]))
        $copy.Expiration = [datetimeoffset]::UtcNow.AddHours(-1).ToString([cultureinfo]::InvariantCulture)
        $copy | Out-String | Should -Match ' 0m 0s '
    }

    It 'show the same without colour and in constrained language' {
        $text = (Invoke-FreshPwsh '$ExecutionContext.SessionState.LanguageMode = "ConstrainedLanguage"; Get-MfaSession long | Out-String -Width 80').Out
        $text | Should -Match 'long\s+Usable\s+\u2588{10}\s+30h 1[0-8]m '
    }
}

Describe 'Sessions as data' {
    It 'go through Export-Csv and ConvertTo-Json without a secret, in the order of the file' {
        $csv = Get-MfaSession | ConvertTo-Csv | ConvertFrom-Csv
        $csv.Profile | Should -Be prod, long, hour, gone, own, other
        $csv[0].State, $csv[0].IsActive, $csv[0].IsRenewed | Should -Be Usable, True, True
        [timespan]$csv[0].Remaining | Should -BeGreaterThan 7:00:00
        $json = Get-MfaSession | ConvertTo-Json -EnumsAsStrings
        ($json | ConvertFrom-Json)[3].State | Should -Be Expired
        "$($csv)$json" | Should -Not -Match Canary
    }

    It 'sort by the time left' {
        (Get-MfaSession | Where-Object Remaining | Sort-Object Remaining).Profile | Should -Be gone, hour, prod, own, long
    }
}

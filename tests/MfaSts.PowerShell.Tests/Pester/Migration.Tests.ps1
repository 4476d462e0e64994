[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    $long = "aws_access_key_id = {key}`naws_secret_access_key = {secret}`n"
    $old = "aws_access_key_id = ASIAOLD0000000000001`naws_secret_access_key = old`n"
    $aligned = "aws_access_key_id     = {key}`naws_secret_access_key = {secret}`n"
    $alignedOld = "aws_access_key_id     = ASIAOLD0000000000001`naws_secret_access_key = old`naws_session_token     = old`n"
    $awsMfaOld = "assumed_role = False`n${old}aws_session_token = old`naws_security_token = old`nexpiration = 2020-01-01 00:00:00`n`n"
    $cliConfig = "[default]`nregion = eu-west-1`nmfa_serial = {device}`n`n[profile mfa]`nregion = eu-west-1`noutput = json`n"
    $stranger = "# a neighbour`n[stranger]`naws_access_key_id = AKIAI44QH8DHBEXAMPLE`naws_secret_access_key = theirs`ns3 =`n  max_concurrent_requests = 20`n`n"

    # Homes as the older systems leave them: the files, the profile and what else is said, and the section where the session is.
    $homes = @(
        @{ System = 'aws-mfa'; Section = 'prod'; Credentials = "[prod-long-term]`n${long}aws_mfa_device = {device}`n`n[prod]`n$awsMfaOld$stranger" }
        @{ System = 'aws-mfa with a long-term suffix'; Section = 'prod'; Credentials = "[prod-keys]`n${long}aws_mfa_device = {device}`n`n[prod]`n$awsMfaOld$stranger" }
        @{ System = 'aws-mfa with a short-term suffix'; Section = 'prod-mfa'; Credentials = "[prod-long-term]`n${long}aws_mfa_device = {device}`n`n[prod-mfa]`n$awsMfaOld$stranger" }
        @{ System = 'aws-mfa with the long-term suffix none'; Section = 'prod-mfa'; Credentials = "[prod]`n${long}aws_mfa_device = {device}`n`n[prod-mfa]`n$awsMfaOld$stranger" }
        @{ System = 'aws-mfa-sts'; Section = 'prod-sts'; NoDevice = $true; Credentials = "[prod]`n$aligned`n[prod-sts]`n$alignedOld`n$stranger" }
        @{ System = 'AWS CLI by hand'; Profile = 'default'; Section = 'mfa'; Chosen = $true; Config = $cliConfig; Credentials = "[default]`n$long`n[mfa]`n${old}aws_session_token = old`n`n$stranger" }
        @{
            System = 'AWS CLI 2 configure mfa-login'; Profile = 'default'; Section = '123456789012-alice'; Chosen = $true; Config = $cliConfig
            Credentials = "[default]`n$long`n[123456789012-alice]`n${old}aws_session_token = old`n`n$stranger"
        }
        @{
            System = 'stscreds'; Section = 'prod'; NoDevice = $true; Credentials = "[prod]`n$alignedOld`n$stranger"
            Stscreds = "# mine`n[prod]`naws_access_key_id       = {key}`naws_secret_access_key   = {secret}`ntemp_credentials_expire = 2020-01-01T00:00:00Z`n"
        }
        @{
            System = 'AWS-recipes of 2015'; Section = 'prod'; NoMfa = "# mine`n[prod]`n${long}aws_mfa_serial = {device}`n"
            Credentials = "[prod]`n${old}aws_mfa_serial = {device}`naws_session_token = old`n$stranger"
        }
        @{ System = 'AWS-recipes'; Section = 'prod'; Credentials = "# mine`n[prod]`n${old}aws_mfa_serial = {device}`naws_session_token = old`n$stranger[prod-nomfa]`n${long}aws_mfa_serial = {device}`n" }
        @{ System = 'AWS-recipes, its token unwritten'; Section = 'prod'; Credentials = "[prod]`n${old}aws_mfa_serial = {device}`n$stranger[prod-nomfa]`n${long}aws_mfa_serial = {device}`n" }
    )
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    $hasAwsCli = [bool](Get-Command aws -CommandType Application -ErrorAction Ignore)

    function Write-HomeFile($User, [string[]] $Path, [string] $Text) {
        $file = Join-Path $env:HOME @Path
        $null = New-Item -ItemType Directory -Force (Split-Path $file)
        Set-Content $file $Text.Replace('{key}', $User.AccessKeyId).Replace('{secret}', $User.SecretAccessKey).Replace('{device}', $User.SerialNumber) -NoNewline
        if (-not $IsWindows) { chmod 600 $file }
    }

    function Write-OlderHome($User, [hashtable] $Older) {
        Write-HomeFile $User .aws, credentials $Older.Credentials
        if ($Older.Config) { Write-HomeFile $User .aws, config $Older.Config }
        if ($Older.NoMfa) { Write-HomeFile $User .aws, credentials.no-mfa $Older.NoMfa }
        if ($Older.Stscreds) { Write-HomeFile $User .stscreds, credentials $Older.Stscreds }
    }

    # Every byte and mode of the home's files, but for the session's own lines in its section.
    function Get-AllButSession([string] $Section) {
        $session = '^(aws_access_key_id|aws_secret_access_key|aws_session_token|aws_security_token|expiration|manager|mfasts_profile|mfasts_key|mfasts_endpoint|region)\s*='
        foreach ($file in Get-ChildItem $env:HOME -Recurse -Force -File | Where-Object FullName -NotMatch '\.mfasts' | Sort-Object FullName) {
            $isCredentials, $current = ($file.FullName -eq (Get-CredentialsPath)), ''
            $rest = foreach ($line in [System.IO.File]::ReadAllText($file) -split '(?<=\n)') {
                if ($line -match '^\[(.+)\]') { $current = $Matches[1] }
                if ($isCredentials -and $current -ceq $Section -and $line -match $session) { continue }
                if ($line -notmatch '^temp_credentials_expire') { $line }
            }
            "$($file.FullName) $($file.UnixMode)`n$(-join $rest)"
        }
    }
}

Describe 'A home of <System>' -ForEach $homes {
    BeforeEach {
        $null = New-ScratchHome
        $env:AWS_DEFAULT_REGION = 'us-east-1'
        $user = New-SandboxUser
        Write-OlderHome $user $_
        $name = $_.Profile ?? 'prod'
        $how = @{}
        if ($_.NoDevice) { $how.SerialNumber = $user.SerialNumber }
        if ($_.Chosen) { $how.SessionProfile = $_.Section }
        $before = Get-AllButSession $_.Section
    }

    It 'gives a session at the first call, and differs only in it' {
        $session = Get-MfaSessionToken $name @how -TokenCode (Get-Code $user) -WarningAction SilentlyContinue
        $session.Profile, $session.Section, $session.Origin | Should -Be $name, $_.Section, 'Sts'
        Get-AllButSession $_.Section | Should -BeExactly $before
        (Get-MfaSessionToken $name -NoPrompt).AccessKeyId | Should -Be $session.AccessKeyId
        Get-StsCallCount $user | Should -Be 1
    }

    It 'leaves its session readable by the AWS CLI, by the same profile as before' {
        if (-not $hasAwsCli) { Set-ItResult -Skipped -Because 'the AWS CLI is not on PATH'; return }
        $null = Get-MfaSessionToken $name @how -TokenCode (Get-Code $user) -WarningAction SilentlyContinue
        aws sts get-caller-identity --profile $_.Section --query Arn --output text | Should -Match "user/$($user.Name)$"
        $LASTEXITCODE | Should -Be 0
    }

    It 'gives its keys to Import-MfaLongTermCredential without a change to the session' {
        $session = Get-MfaSessionToken $name @how -TokenCode (Get-Code $user) -WarningAction SilentlyContinue
        Import-MfaLongTermCredential $name -WarningAction SilentlyContinue
        $key = Get-MfaLongTermCredential $name
        $key.Section, $key.AccessKeyId | Should -Be "$name-long-term", $user.AccessKeyId
        (Get-MfaSessionToken $name -NoPrompt).SessionToken | Should -Be $session.SessionToken
    }
}

Describe 'A session of an older system that is still valid' {
    BeforeEach {
        $null = New-ScratchHome
        $user = New-SandboxUser
        $session = "aws_access_key_id = ASIAOLD0000000000001`naws_secret_access_key = old`naws_session_token = old`n"
        $awsMfa = "[prod-long-term]`naws_access_key_id = {key}`naws_secret_access_key = {secret}`naws_mfa_device = {device}`n`n[prod]`nassumed_role = False`n${session}aws_security_token = old`n"
    }

    It 'is used without a code: aws-mfa' {
        Write-HomeFile $user .aws, credentials "${awsMfa}expiration = $([datetime]::UtcNow.AddHours(1).ToString('yyyy-MM-dd HH:mm:ss'))`n"
        $before = Get-FileState
        (Get-MfaSessionToken prod -NoPrompt).AccessKeyId | Should -Be ASIAOLD0000000000001
        Get-FileState | Should -Be $before
    }

    It 'is used without a code: stscreds' {
        Write-HomeFile $user .aws, credentials "[prod]`n$session"
        Write-HomeFile $user .stscreds, credentials "[prod]`naws_access_key_id = {key}`naws_secret_access_key = {secret}`ntemp_credentials_expire = $([datetime]::UtcNow.AddHours(1).ToString('yyyy-MM-ddTHH:mm:ssZ'))`n"
        $before = Get-FileState
        (Get-MfaSessionToken prod -NoPrompt).AccessKeyId | Should -Be ASIAOLD0000000000001
        Get-FileState | Should -Be $before
    }

    It 'is as long valid in <Zone>' -Skip:$IsWindows -ForEach @(
        @{ Zone = 'America/New_York' }, @{ Zone = 'Asia/Kolkata' }, @{ Zone = 'Europe/Berlin' }
    ) {
        $command = 'try { (Get-MfaSessionToken prod -NoPrompt).AccessKeyId } catch { $_.FullyQualifiedErrorId }'
        Write-HomeFile $user .aws, credentials "${awsMfa}expiration = $([datetime]::UtcNow.AddMinutes(20).ToString('yyyy-MM-dd HH:mm:ss'))`n"
        (Invoke-FreshPwsh $command -Wrapper env, "TZ=$Zone").Out | Should -Be ASIAOLD0000000000001
        Write-HomeFile $user .aws, credentials "${awsMfa}expiration = $([datetime]::UtcNow.AddMinutes(-20).ToString('yyyy-MM-dd HH:mm:ss'))`n"
        (Invoke-FreshPwsh $command -Wrapper env, "TZ=$Zone").Out | Should -Match '^TokenCodeRequired,'
    }
}

Describe 'What older systems fail at' {
    BeforeEach { $user = New-ReadyUser }

    It 'takes a profile that AWS_PROFILE names and no file has yet' {
        $env:AWS_PROFILE = 'prod'
        (Get-MfaSessionToken -TokenCode (Get-Code $user)).Profile | Should -Be prod
    }

    It 'ends a script with an exit code other than 0 on failure: <Why>' -ForEach @(
        @{ Why = 'no such profile'; Command = 'Get-MfaSessionToken absent -TokenCode 123456' }
        @{ Why = 'a wrong code'; Command = 'Get-MfaSessionToken prod -TokenCode 000000' }
        @{ Why = 'no network'; Command = '$env:AWS_ENDPOINT_URL = "http://127.0.0.1:1"; Get-MfaSessionToken prod -TokenCode 123456' }
    ) {
        $before = Get-FileState
        (Invoke-FreshPwsh $Command).ExitCode | Should -Be 1
        Get-FileState | Should -Be $before
    }
}

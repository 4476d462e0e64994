# Dot-sourced by each file's BeforeAll: the staged module, and small functions around the sandbox.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Helpers of tests.')]
param()

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$PSStyle.OutputRendering = 'PlainText'
Import-Module $env:PESTER_MODULE

$script:Settings = 'AWS_*', 'MFA*'

function Invoke-Control([string] $What, [hashtable] $Query = @{}) {
    $text = ($Query.GetEnumerator() | ForEach-Object { "$($_.Key)=$([uri]::EscapeDataString([string]$_.Value))" }) -join '&'
    Invoke-RestMethod "$env:PESTER_ENDPOINT/control/${What}?$text" -NoProxy
}

# A user with a key and a device of his own: a device's code is accepted once. Or with the devices that are named, passkeys, or a policy that lets him list none.
function New-SandboxUser([string[]] $Devices, [string[]] $SecurityKeys, [switch] $Denied) {
    $query = @{ denied = "$Denied".ToLowerInvariant(); securitykeys = $SecurityKeys -join ',' }
    if ($PSBoundParameters.ContainsKey('Devices')) { $query.devices = $Devices -join ',' }
    Invoke-Control user $query
}

# The code that the device shows now, or so many seconds later. Of one user two codes are certain to be accepted: this one, and the next.
function Get-Code($User, [int] $Seconds = 0, [switch] $Next) {
    (Invoke-Control code @{ serial = $User.SerialNumber; seconds = $Next ? 30 : $Seconds }).Code
}

function Get-StsCall($User) { (Invoke-Control requests @{ key = $User.AccessKeyId }) | Where-Object { $_ } }

function Get-StsCallCount($User) { @(Get-StsCall $User).Count }

# A role that the users' account trusts, or those principals; with -Other in another account. -Maximum and -MfaAge are seconds.
# -Mfa asks for MFA to assume it, -PolicyMfa to do anything with it.
function New-SandboxRole {
    param(
        [string[]] $Principal, [switch] $Mfa, [int] $MfaAge, [string] $ExternalId, [string] $SessionName, [switch] $Tags, [switch] $SourceIdentity,
        [int] $Maximum = 3600, [switch] $Other, [switch] $PolicyMfa
    )
    $query = @{ maximum = $Maximum; principals = $Principal -join ',' }
    foreach ($name in 'Mfa', 'Tags', 'SourceIdentity', 'Other', 'PolicyMfa') { if ($PSBoundParameters[$name]) { $query[$name.ToLowerInvariant()] = 'true' } }
    foreach ($name in 'MfaAge', 'ExternalId', 'SessionName') {
        if ($PSBoundParameters.ContainsKey($name)) { $query[$name.ToLowerInvariant()] = $PSBoundParameters[$name] }
    }
    Invoke-Control role $query
}

# The calls of AssumeRole for a role, whoever made them.
function Get-RoleCall($Role) { (Invoke-Control requests @{ role = $Role.RoleArn }) | Where-Object { $_ } }

# What the service knows of a session: Arn, Expiration, HasMfa, Tags, TransitiveTagKeys, SourceIdentity, HasPolicies.
function Get-SandboxSession([string] $AccessKeyId) { Invoke-Control session @{ key = $AccessKeyId } }

# Ends a session of the service, by its access key ID. What is stored of it does not change.
function Stop-SandboxSession([string] $AccessKeyId) { $null = Invoke-Control expire @{ key = $AccessKeyId } }

# Makes the code of a session so many seconds old, for a role that asks for a recent one.
function Set-MfaAge([string] $AccessKeyId, [int] $Seconds) { $null = Invoke-Control mfaage @{ key = $AccessKeyId; seconds = $Seconds } }

# slow (with -Seconds), throttle, html, garbage or close, for the user's next call.
function Set-Fault($User, [string] $Kind, [double] $Seconds = 0) {
    $null = Invoke-Control fault @{ key = $User.AccessKeyId; kind = $Kind; seconds = $Seconds.ToString([cultureinfo]::InvariantCulture) }
}

# The address of a service whose clock is so many seconds ahead.
function Get-SkewedEndpoint([int] $Seconds) { (Invoke-Control server @{ seconds = $Seconds }).Endpoint }

# A home folder of its own, in an environment without any AWS setting but the sandbox's address. It is left to whoever started this pwsh to remove it.
function New-ScratchHome([string] $Under = $env:PESTER_SCRATCH) {
    if (Get-Module MfaSts) { Clear-MfaSession -ErrorAction Ignore }
    foreach ($pattern in $script:Settings) { Get-ChildItem "env:$pattern" | Remove-Item }
    $path = Join-Path $Under ([guid]::NewGuid().ToString('N'))
    $null = New-Item -ItemType Directory (Join-Path $path .aws)
    $env:HOME = $env:USERPROFILE = $path
    $env:AWS_ENDPOINT_URL = $env:PESTER_ENDPOINT
    $env:AWS_EC2_METADATA_DISABLED = 'true'
    $path
}

function Get-CredentialsPath { Join-Path $env:HOME .aws credentials }

function Get-ConfigPath { Join-Path $env:HOME .aws config }

# Long-term keys in the file, as Set-MfaLongTermCredential leaves them.
function Add-LongTermKey($User, [string] $Name = 'prod', [switch] $NoDevice) {
    Add-Content (Get-CredentialsPath) @(
        "[$Name-long-term]"
        "aws_access_key_id = $($User.AccessKeyId)"
        "aws_secret_access_key = $($User.SecretAccessKey)"
        if (-not $NoDevice) { "aws_mfa_device = $($User.SerialNumber)" }
    )
    if (-not $IsWindows) { chmod 600 (Get-CredentialsPath) }
}

function Add-Session([string] $Name = 'prod', [datetime] $Expiration = [datetime]::UtcNow.AddHours(6), [string] $Section = $Name) {
    $id = 'ASIA' + [guid]::NewGuid().ToString('N').ToUpperInvariant().Substring(0, 16)
    Add-Content (Get-CredentialsPath) @(
        "[$Section]"
        "aws_access_key_id = $id"
        'aws_secret_access_key = sessionSecretCanary0123456789abcdefghijk'
        'aws_session_token = sessionTokenCanary0123456789'
        "expiration = $($Expiration.ToString('yyyy-MM-ddTHH:mm:ssZ'))"
        'manager = mfasts'
        if ($env:AWS_ENDPOINT_URL) { "mfasts_endpoint = $([uri]$env:AWS_ENDPOINT_URL)" }
    )
    if (-not $IsWindows) { chmod 600 (Get-CredentialsPath) }
    $id
}

# A fresh home, a user, and his key under prod.
function New-ReadyUser([switch] $NoDevice) {
    $null = New-ScratchHome
    $user = New-SandboxUser
    Add-LongTermKey $user -NoDevice:$NoDevice
    $user
}

# A fresh home, and a user's key under prod without a device. Takes what New-SandboxUser takes.
function New-UnknownDeviceUser {
    $null = New-ScratchHome
    $user = New-SandboxUser @args
    Add-LongTermKey $user -NoDevice
    $user
}

# How often the user's calls asked for his devices.
function Get-DeviceCallCount($User) { @(Get-StsCall $User | Where-Object Action -EQ ListMFADevices).Count }

# The content of both files, or what is there instead of them.
function Get-FileState {
    foreach ($path in (Get-CredentialsPath), (Get-ConfigPath)) {
        $path + ': ' + ((Test-Path $path -PathType Leaf) ? [Convert]::ToHexString([System.IO.File]::ReadAllBytes($path)) : 'none')
    }
}

# The error that a block ends with.
function Get-Failure([scriptblock] $Block) {
    $errors = @()
    try { $null = & $Block } catch { $errors = @($_) }
    if ($errors.Count -ne 1) { throw 'It did not fail.' }
    $errors[0]
}

# pwsh in a process of its own. -Command runs behind the module's import; its standard input is redirected and empty.
function Invoke-FreshPwsh {
    param([string] $Command, [string[]] $Options = @('-NonInteractive'), [string[]] $Wrapper = @(), [switch] $NoImport, [int] $Limit = 600)
    $import = $NoImport ? '' : "Import-Module '$env:PESTER_MODULE'; "
    $prelude = "`$PSStyle.OutputRendering = 'PlainText'; `$ProgressPreference = 'SilentlyContinue'; "
    $words = @($Wrapper) + @('pwsh', '-NoProfile') + $Options + @('-Command', ($prelude + $import + $Command))
    $start = [System.Diagnostics.ProcessStartInfo]::new($words[0], [string[]]$words[1..($words.Count - 1)])
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.Environment['HOME'] = $start.Environment['USERPROFILE'] = $env:HOME
    $process = [System.Diagnostics.Process]::Start($start)
    try {
        $process.StandardInput.Close()
        $out, $err = $process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync()
        if (-not $process.WaitForExit($Limit * 1000)) { throw "pwsh did not end in $Limit s: $Command" }
        [pscustomobject]@{ Out = $out.Result.Trim(); Err = $err.Result.Trim(); ExitCode = $process.ExitCode }
    }
    finally {
        if (-not $process.HasExited) { $process.Kill($true) }
        $process.Dispose()
    }
}

# A session that was usable when it was got, and has expired since. Its life is short; on a slow machine a longer one is tried.
function Get-ExpiredSession {
    for ($seconds = 4; -not $session; $seconds *= 2) {
        $null = New-ReadyUser
        $null = Add-Session prod ([datetime]::UtcNow.AddSeconds($seconds))
        $session = try { Get-MfaSessionToken prod -MinimumRemaining 1s -NoPrompt } catch { $null }
    }
    while (-not $session.IsExpired) { Start-Sleep -Milliseconds 100 }
    $session
}

# What a wrapped or fresh pwsh says of an error, for ConvertFrom-Json.
$ErrorToJson = '@{ Id = $_.FullyQualifiedErrorId; Category = "$($_.CategoryInfo.Category)"; Target = $_.TargetObject; Message = "$_"; Remedy = $_.ErrorDetails.RecommendedAction } | ConvertTo-Json -Compress'

function ConvertTo-Secure([string] $Text) { [System.Net.NetworkCredential]::new('', $Text).SecurePassword }

# A session from the sandbox, for one of the user's codes.
function Get-NewSession($User, [string] $Name = 'prod') { Get-MfaSessionToken $Name -TokenCode (Get-Code $User) }

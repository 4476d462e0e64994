[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Helpers of tests.')]
param()

BeforeDiscovery {
    $withoutKeyring = $IsWindows -or $IsMacOS -or -not (Get-Command gnome-keyring-daemon, dbus-daemon, dbus-send, secret-tool -ErrorAction Ignore | Select-Object -Skip 3)
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # A program in the background that keeps none of our streams open.
    function Start-Hidden([string] $Name, [string[]] $Arguments, [string] $Text = '') {
        $start = [System.Diagnostics.ProcessStartInfo]::new($Name, $Arguments)
        $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
        $process = [System.Diagnostics.Process]::Start($start)
        $process.StandardInput.Write($Text)
        $process.StandardInput.Close()
        $process
    }

    function Wait-Until([scriptblock] $Condition) {
        foreach ($i in 1..600) {
            if (& $Condition) { return }
            Start-Sleep -Milliseconds 50
        }
        throw "It never came: $Condition"
    }

    # A login without a display: a session bus, and GNOME Keyring with an unlocked keyring on it.
    function Start-Keyring {
        $folder = Join-Path $env:PESTER_SCRATCH ([guid]::NewGuid().ToString('N').Substring(0, 8))
        $null = New-Item -ItemType Directory $folder
        foreach ($name in 'DISPLAY', 'WAYLAND_DISPLAY') { Remove-Item "env:$name" -ErrorAction Ignore }
        $env:XDG_RUNTIME_DIR = $folder
        $env:XDG_DATA_HOME = Join-Path $folder share
        $env:DBUS_SESSION_BUS_ADDRESS = "unix:path=$folder/bus"
        Set-Content "$folder/bus.conf" ('<busconfig><type>session</type><listen>{0}</listen><policy context="default"><allow send_destination="*"/>' -f $env:DBUS_SESSION_BUS_ADDRESS +
            '<allow receive_sender="*"/><allow own="*"/></policy></busconfig>')
        Start-Hidden dbus-daemon "--config-file=$folder/bus.conf", '--nofork'
        Wait-Until { Test-Path "$folder/bus" }
        Start-Hidden gnome-keyring-daemon '--foreground', '--unlock', '--components=secrets' 'pw'
        Wait-Until { Send-ToKeyring ReadAlias string:default | Select-String collection }
    }

    function Send-ToKeyring([string] $Method, [string] $Argument) {
        dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets "org.freedesktop.Secret.Service.$Method" $Argument 2>$null
    }

    # The files below the home, the keyring's own among them, that have a text.
    function Find-Text([string] $Text) {
        Get-ChildItem ($env:HOME, $env:XDG_DATA_HOME | Where-Object { $_ }) -Recurse -File -Force -ErrorAction Ignore |
            Where-Object UnixMode -NotMatch '^[sp]' | Where-Object { [System.IO.File]::ReadAllText($_.FullName).Contains($Text) }
    }

    function Get-Stored { Get-MfaLongTermCredential prod }
}

Describe 'The Secret Service' -Skip:$withoutKeyring {
    BeforeAll {
        $before = @{}
        foreach ($name in 'XDG_RUNTIME_DIR', 'XDG_DATA_HOME', 'DBUS_SESSION_BUS_ADDRESS', 'DISPLAY') { $before[$name] = [Environment]::GetEnvironmentVariable($name) }
        $children = Start-Keyring
    }

    AfterAll {
        $children | ForEach-Object { $_.Kill(); $_.Dispose() }
        foreach ($name in $before.Keys) { [Environment]::SetEnvironmentVariable($name, $before[$name]) }
    }

    BeforeEach {
        $null = New-ScratchHome
        $user = New-SandboxUser
    }

    It 'keeps the secret from the first day to the last, and no file has it at any time' {
        $secret = $user.SecretAccessKey
        Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey (ConvertTo-Secure $secret) -SerialNumber $user.SerialNumber -Store system
        Find-Text $secret | Should -BeNullOrEmpty
        Get-Content (Get-CredentialsPath) | Should -Contain 'mfasts_store = System'
        (Get-Stored).Store | Should -Be System
        Get-Stored | Out-String | Should -Match "\[prod-long-term\], System"
        Test-MfaLongTermCredential prod | Should -BeTrue

        (Get-NewSession $user).Origin | Should -Be Sts
        Find-Text $secret | Should -BeNullOrEmpty
        [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies.FullName | Should -Not -Match '^(Tmds|MfaSts\.Stores)'

        $renewed = Update-MfaLongTermCredential prod -Confirm:$false -PassThru
        $renewed.Store | Should -Be System
        $renewed.AccessKeyId | Should -Not -Be $user.AccessKeyId
        Get-Content (Get-CredentialsPath) -Raw | Should -Not -Match 'aws_secret_access_key(?s:.*)mfasts_store'
        Test-MfaLongTermCredential prod | Should -BeTrue
        Send-ToKeyring SearchItems "dict:string:string:access_key_id,$($user.AccessKeyId)" | Select-String 'object path' | Should -BeNullOrEmpty

        Import-MfaLongTermCredential prod -Store File
        (Get-Stored).Store | Should -Be File
        $second = [regex]::Match((Get-Content (Get-CredentialsPath) -Raw), '(?s)\[prod-long-term\].*?aws_secret_access_key = (\S+)').Groups[1].Value
        Import-MfaLongTermCredential prod -Store System
        Find-Text $second | Should -BeNullOrEmpty
        Test-MfaLongTermCredential prod | Should -BeTrue

        Remove-MfaLongTermCredential prod -Confirm:$false
        Get-MfaLongTermCredential | Should -BeNullOrEmpty
        Send-ToKeyring SearchItems "dict:string:string:access_key_id,$($renewed.AccessKeyId)" | Select-String 'object path' | Should -BeNullOrEmpty
    }

    It 'is told by -WhatIf from where to where, and nothing is moved' {
        Add-LongTermKey $user
        $before = Get-FileState
        Import-MfaLongTermCredential * -Store System -WhatIf
        Get-FileState | Should -Be $before
        Send-ToKeyring SearchItems "dict:string:string:access_key_id,$($user.AccessKeyId)" | Select-String 'object path' | Should -BeNullOrEmpty
    }

    It 'says that an entry is missing' {
        Add-LongTermKey $user
        Import-MfaLongTermCredential prod -Store System
        secret-tool clear application MfaSts access_key_id $user.AccessKeyId
        $failure = Get-Failure { Get-MfaSessionToken prod -TokenCode (Get-Code $user) }
        $failure.FullyQualifiedErrorId | Should -BeLike 'StoreEntryMissing,*'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Set-MfaLongTermCredential -Profile prod -Store System'
    }

    # The last one: nothing unlocks it again.
    It 'says that it is locked, with the remedy, before a code is spent; what is stored serves on' {
        Add-LongTermKey $user
        Import-MfaLongTermCredential prod -Store System
        $null = Get-NewSession $user
        $null = Send-ToKeyring Lock array:objpath:/org/freedesktop/secrets/aliases/default
        (Get-MfaSessionToken prod -NoPrompt).Origin | Should -Be Store
        $calls = Get-StsCallCount $user
        $failure = Get-Failure { Get-MfaSessionToken prod -Force -TokenCode (Get-Code $user -Next) }
        $failure.FullyQualifiedErrorId | Should -BeLike 'StoreLocked,*'
        $failure.Exception.Message | Should -Match 'The stored session serves until \d{4}-'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'gnome-keyring-daemon --unlock'
        Get-StsCallCount $user | Should -Be $calls
    }
}

Describe 'Without a Secret Service' -Skip:($IsWindows -or $IsMacOS) {
    It 'nothing is written in clear, and the error says what is missing' {
        $null = New-ScratchHome
        $user = New-SandboxUser
        $address, $env:DBUS_SESSION_BUS_ADDRESS = $env:DBUS_SESSION_BUS_ADDRESS, 'unix:path=/no/such/bus'
        try {
            $failure = Get-Failure { Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey (ConvertTo-Secure $user.SecretAccessKey) -Store System }
        }
        finally { $env:DBUS_SESSION_BUS_ADDRESS = $address }
        $failure.FullyQualifiedErrorId | Should -BeLike 'StoreUnavailable,*'
        $failure.Exception.Message | Should -Match 'no session bus'
        Test-Path (Get-CredentialsPath) | Should -BeFalse
    }
}

Describe 'A vault' {
    BeforeAll {
        # The cmdlets of SecretManagement, as far as they are used: the secrets are in the process, for all its runspaces.
        $modules = Join-Path $env:PESTER_SCRATCH modules
        $folder = Join-Path $modules Microsoft.PowerShell.SecretManagement
        $null = New-Item -ItemType Directory $folder -Force
        Set-Content "$folder/Microsoft.PowerShell.SecretManagement.psm1" @'
function Find-Entry([string] $Vault, [string] $Command) {
    if ($Vault -ne 'team') { Write-Error "no vault $Vault" -ErrorId "${Command}VaultNotFound" -ErrorAction Stop }
    $entries = [AppDomain]::CurrentDomain.GetData('vault')
    if (-not $entries) { [AppDomain]::CurrentDomain.SetData('vault', ($entries = @{})) }
    , $entries
}
function Get-Secret { [CmdletBinding()] param([string] $Vault, [string] $Name)
    $entries = Find-Entry $Vault GetSecret
    if (-not $entries.ContainsKey($Name)) { Write-Error 'none' -ErrorId GetSecretNotFound -ErrorAction Stop }
    $entries[$Name]
}
function Set-Secret { [CmdletBinding()] param([string] $Vault, [string] $Name, [object] $Secret) (Find-Entry $Vault SetSecret)[$Name] = $Secret.Copy() }
function Remove-Secret { [CmdletBinding()] param([string] $Vault, [string] $Name) (Find-Entry $Vault RemoveSecret).Remove($Name) }
'@
        New-ModuleManifest "$folder/Microsoft.PowerShell.SecretManagement.psd1" -RootModule Microsoft.PowerShell.SecretManagement.psm1 -FunctionsToExport Get-Secret, Set-Secret, Remove-Secret
        $usual = $env:PSModulePath
        $env:PSModulePath = $modules + [System.IO.Path]::PathSeparator + $usual
        function Get-Vault { [AppDomain]::CurrentDomain.GetData('vault') }
    }

    AfterAll {
        $env:PSModulePath = $usual
        Get-Module Microsoft.PowerShell.SecretManagement | Remove-Module
    }

    BeforeEach {
        $null = New-ScratchHome
        $user = New-SandboxUser
        [AppDomain]::CurrentDomain.SetData('vault', $null)
    }

    It 'keeps a SecureString under the key''s ID, for sessions, a rotation and removal' {
        Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey (ConvertTo-Secure $user.SecretAccessKey) -SerialNumber $user.SerialNumber -Store Vault:team
        (Get-Vault).Keys | Should -Be "mfasts-$($user.AccessKeyId)"
        (Get-Vault).Values | Should -BeOfType securestring
        Find-Text $user.SecretAccessKey | Should -BeNullOrEmpty
        $null = Get-NewSession $user
        $renewed = Update-MfaLongTermCredential prod -Confirm:$false -PassThru
        $renewed.Store | Should -Be Vault:team
        (Get-Vault).Keys | Should -Be "mfasts-$($renewed.AccessKeyId)"
        Import-MfaLongTermCredential prod -Store File
        (Get-Vault).Count | Should -Be 0
        (Get-Stored).Store | Should -Be File
    }

    It 'that is not registered is named' {
        Add-LongTermKey $user
        $before = Get-FileState
        $failure = Get-Failure { Import-MfaLongTermCredential prod -Store Vault:other }
        $failure.FullyQualifiedErrorId | Should -BeLike 'StoreUnavailable,*'
        $failure.Exception.Message | Should -Match 'no vault of this name'
        Get-FileState | Should -Be $before
    }

    It 'needs SecretManagement, and says so' {
        Add-LongTermKey $user
        $path, $env:PSModulePath = $env:PSModulePath, $usual
        try { $failure = Get-Failure { Import-MfaLongTermCredential prod -Store Vault:team } } finally { $env:PSModulePath = $path }
        $failure.FullyQualifiedErrorId | Should -BeLike 'StoreUnavailable,*'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Install-Module Microsoft.PowerShell.SecretManagement'
    }
}

Describe 'key_process' -Skip:$IsWindows {
    BeforeEach {
        $null = New-ScratchHome
        $user = New-SandboxUser
        Set-Content (Get-ConfigPath) '[profile prod]', "key_process = echo '{`"Version`":1,`"AccessKeyId`":`"$($user.AccessKeyId)`",`"SecretAccessKey`":`"$($user.SecretAccessKey)`"}'"
        chmod 600 (Get-ConfigPath)
    }

    It 'gives the keys, is listed without being run, and cannot be written to' {
        (Get-Stored).Store | Should -Be key_process
        Test-MfaLongTermCredential prod | Should -BeTrue
        (Get-MfaSessionToken prod -SerialNumber $user.SerialNumber -TokenCode (Get-Code $user)).Origin | Should -Be Sts
        foreach ($block in { Update-MfaLongTermCredential prod -Confirm:$false }, { Import-MfaLongTermCredential prod -Store System }) {
            (Get-Failure $block).FullyQualifiedErrorId | Should -BeLike 'ProfileUnsuitable,*'
        }
    }

    It 'that prints something else is no key, and what it printed is not repeated' {
        Set-Content (Get-ConfigPath) '[profile prod]', 'key_process = echo topsecretvalue'
        chmod 600 (Get-ConfigPath)
        $failure = Get-Failure { Get-MfaSessionToken prod -SerialNumber $user.SerialNumber -TokenCode (Get-Code $user) }
        $failure.FullyQualifiedErrorId | Should -BeLike 'StoreUnavailable,*'
        "$failure $($failure.ErrorDetails.RecommendedAction) $($failure.Exception)" | Should -Not -Match topsecret
    }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $null = New-ScratchHome
    $user = New-SandboxUser
    Add-LongTermKey $user
    # In a fresh pwsh: where our assemblies and the SDK's are, as context=name lines.
    $list = '[System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $c = $_; $c.Assemblies | ForEach-Object { "$($c.Name)=" + $_.GetName().Name } } | Where-Object { $_ -match "MfaSts\.|AWSSDK" } | Sort-Object'
}

Describe 'What is loaded' {
    It 'no SDK and no gateway after import and a stored session; then, in a context of their own, for a call; the types resolve' {
        $null = Add-Session stored
        $code = Get-Code $user
        $lines = (Invoke-FreshPwsh "[MfaSts.MfaSession].Name; $list; (Get-MfaSessionToken stored).Origin; (Get-MfaSession).Count; (Get-MfaLongTermCredential).Profile; $list; 'call'
            (Get-MfaSessionToken prod -TokenCode $code).Origin; $list").Out -split '\r?\n'
        $before = 'Default=MfaSts.Core', 'Default=MfaSts.PowerShell'
        $lines | Should -Be (@('MfaSession') + $before + 'Store', '1', 'prod' + $before + 'call', 'Sts' + $before + 'MfaSts=AWSSDK.Core', 'MfaSts=AWSSDK.SecurityToken', 'MfaSts=MfaSts.Aws')
    }

    It 'Import-Module -Force keeps working, with a call before and after, and keeps what Use- has saved' {
        $null = Add-Session kept
        $result = Invoke-FreshPwsh "`$env:AWS_PROFILE = 'mine'; Test-MfaLongTermCredential prod; Use-MfaSession kept; Import-Module '$env:PESTER_MODULE' -Force; Test-MfaLongTermCredential prod; Clear-MfaSession; `$env:AWS_PROFILE"
        $result.Err | Should -BeNullOrEmpty
        $result.Out -split '\r?\n' | Should -Be True, True, mine
    }

    It 'parallel runspaces make their first call at the same time' {
        $result = Invoke-FreshPwsh "`$m = '$env:PESTER_MODULE'; 1..6 | ForEach-Object -ThrottleLimit 6 -Parallel { Import-Module `$using:m; Test-MfaLongTermCredential prod }"
        $result.Err | Should -BeNullOrEmpty
        $result.Out -split '\r?\n' | Should -Be (@('True') * 6)
    }

    It 'another AWSSDK.Core in the default context, loaded before or after, disturbs nobody' {
        # An assembly of the same name and version that has none of the SDK's types: whoever gets the wrong one fails.
        $other = Join-Path $env:HOME other
        $null = New-Item -ItemType Directory $other
        $made = Invoke-FreshPwsh -NoImport @"
            Add-Type -OutputAssembly '$other/AWSSDK.Core.dll' -TypeDefinition '[assembly: System.Reflection.AssemblyVersion("4.0.0.0")] namespace Amazon { public class Older { } }'
"@
        $made.Err | Should -BeNullOrEmpty
        $load = "`$null = [System.Reflection.Assembly]::LoadFrom('$other/AWSSDK.Core.dll'); [Amazon.Older].Name"
        foreach ($script in "$load; Test-MfaLongTermCredential prod", "Test-MfaLongTermCredential prod; $load; Import-Module '$env:PESTER_MODULE' -Force; Test-MfaLongTermCredential prod") {
            $result = Invoke-FreshPwsh $script
            $result.Err | Should -BeNullOrEmpty
            $result.Out -split '\r?\n' | Should -Contain Older
            $result.Out -split '\r?\n' | Should -Contain True
            $result.Out | Should -Not -Match False
        }
    }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . $PSScriptRoot/Support.ps1

    # A program of the right name on PATH, in place of the one that the package carries.
    function Add-Program([string] $Under = $env:HOME) {
        $folder = (New-Item -ItemType Directory (Join-Path $Under bin) -Force).FullName
        $name = $IsWindows ? 'mfasts.exe' : 'mfasts'
        Set-Content (Join-Path $folder $name) "#!/bin/sh`necho called"
        if (-not $IsWindows) { chmod 755 (Join-Path $folder $name) }
        $env:PATH = $folder + [System.IO.Path]::PathSeparator + $script:Path
        Join-Path $folder $name
    }

    $script:Path = $env:PATH
}

Describe 'Register-MfaCredentialProcess' {
    BeforeEach {
        $user = New-ReadyUser
        $program = Add-Program
    }

    AfterEach { $env:PATH = $script:Path }

    It 'writes the program and the profile into config, and nothing else' {
        Set-Content (Get-ConfigPath) "# mine`n[profile prod]`nregion = eu-central-1"
        Register-MfaCredentialProcess prod -PassThru | ForEach-Object Profile | Should -Be prod
        Get-Content (Get-ConfigPath) | Should -Be '# mine', '[profile prod]', 'region = eu-central-1', "credential_process = $program credential-process prod"
    }

    It 'keeps the session usable, in a section of its own, and Unregister- puts it back' {
        $id = (Get-NewSession $user).AccessKeyId
        Register-MfaCredentialProcess prod
        (Get-MfaSession prod).Section | Should -Be prod-sts
        (Get-MfaSessionToken prod -NoPrompt).AccessKeyId | Should -Be $id
        Unregister-MfaCredentialProcess prod
        (Get-MfaSession prod).Section | Should -Be prod
        (Get-MfaSessionToken prod -NoPrompt).AccessKeyId | Should -Be $id
        Get-Content (Get-ConfigPath) | Should -Not -Match credential_process
        Get-StsCallCount $user | Should -Be 1
    }

    It 'refuses long-term keys in the profile''s own section, names -Force, and moves them with it' {
        (Get-Content (Get-CredentialsPath)) -replace 'prod-long-term', 'prod' | Set-Content (Get-CredentialsPath)
        $before = Get-FileState
        $failure = Get-Failure { Register-MfaCredentialProcess prod }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ProfileUnsuitable,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Register-MfaCredentialProcess -Profile prod -Force*'
        Get-FileState | Should -Be $before
        Register-MfaCredentialProcess prod -Force
        (Get-MfaLongTermCredential prod).Section | Should -Be prod-long-term
    }

    It 'refuses a profile name that a shell would read' {
        Add-LongTermKey $user -Name 'a$b'
        (Get-Failure { Register-MfaCredentialProcess 'a$b' }).FullyQualifiedErrorId | Should -BeLike 'ProfileUnsuitable,*'
        Test-Path (Get-ConfigPath) | Should -BeFalse
    }

    It 'refuses beside another tool''s expired session, and with -Force removes it and says so' {
        Add-Content (Get-CredentialsPath) '[prod]', 'aws_access_key_id = ASIAOLDOLDOLDOLDOLD1', 'aws_secret_access_key = old', 'aws_session_token = old',
            'x_security_token_expires = 2025-01-01T00:00:00Z'
        $failure = Get-Failure { Register-MfaCredentialProcess prod }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ProfileUnsuitable,*'
        "$failure" | Should -Match 'ASIAOLDOLDOLDOLDOLD1, expiration 2025-01-01T00:00:00Z'
        Test-Path (Get-ConfigPath) | Should -BeFalse
        Register-MfaCredentialProcess prod -Force -WarningVariable warnings 3>$null
        "$warnings" | Should -Match 'ASIAOLDOLDOLDOLDOLD1.*removed'
        Get-CredentialsPath | Should -Not -FileContentMatch ASIAOLD
    }

    It 'says that the program is missing' {
        Remove-Item $program
        $env:PATH = Split-Path $program
        (Get-Failure { Register-MfaCredentialProcess prod }).FullyQualifiedErrorId | Should -BeLike 'ProgramMissing,*'
        Test-Path (Get-ConfigPath) | Should -BeFalse
    }

    It 'writes nothing under -WhatIf' {
        $before = Get-FileState
        Register-MfaCredentialProcess prod -WhatIf
        Get-FileState | Should -Be $before
    }
}

Describe 'The program that ships with the module' {
    It 'is copied to a lasting place of the user''s, can be run there, and is renewed when the module has another' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'the copy''s run bit is a matter of Unix' }
        $user = New-ReadyUser
        $module = Join-Path $env:HOME module
        Copy-Item $env:PESTER_MODULE $module -Recurse
        $shipped = Join-Path $module bin ([System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier)
        $null = New-Item -ItemType Directory $shipped
        $lasting = Join-Path $env:HOME .local share mfasts mfasts
        foreach ($version in 'one', 'two') {
            Set-Content (Join-Path $shipped mfasts) "#!/bin/sh`necho $version"
            $run = Invoke-FreshPwsh "Import-Module '$module/MfaSts.psd1'; Register-MfaCredentialProcess prod" -NoImport
            $run.Err | Should -BeNullOrEmpty
            & $lasting | Should -Be $version
        }

        Get-Content (Get-ConfigPath) | Should -Contain "credential_process = $lasting credential-process prod"
        Get-ChildItem (Split-Path $lasting) | Should -HaveCount 1
    }
}

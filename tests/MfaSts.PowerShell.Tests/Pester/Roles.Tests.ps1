[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    . "$PSScriptRoot/Terminal.ps1"
    $lack = Get-TerminalLack
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/Terminal.ps1"

    # A profile of a role, as AWS documents it.
    function Add-RoleProfile([string] $Name, $Role, [string] $Source = 'prod', [string[]] $More = @()) {
        Add-Content (Get-ConfigPath) (@("[profile $Name]", "role_arn = $($Role.RoleArn)", "source_profile = $Source") + $More)
    }

    # A fresh home, a user with a key under prod, and a role under admin, which is in another account and asks for MFA.
    function New-RoleUser([hashtable] $Trust = @{}, [string[]] $More = @()) {
        $user = New-ReadyUser
        $role = New-SandboxRole -Other -Mfa @Trust
        Add-RoleProfile admin $role -More $More
        [pscustomobject]@{ User = $user; Role = $role }
    }
}

Describe 'A profile of a role' {
    It 'takes one code, and then none, with no AWS SDK loaded for what is stored' {
        $world = New-RoleUser @{ ExternalId = 'partner' } 'external_id = partner', "mfa_serial = arn:aws:iam::123456789012:mfa/x"
        $session = Get-MfaSessionToken admin -TokenCode (Get-Code $world.User)
        $session.AssumedRoleArn, $session.SessionRole, $session.SessionSource, $session.AccountId, $session.Section |
            Should -Be @($world.Role.RoleArn, $world.Role.Name, 'prod', '210987654321', 'admin-sts')
        $again = Invoke-FreshPwsh '(Get-MfaSessionToken admin).AccessKeyId; @([AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -like "AWSSDK*").Count'
        $again.Out -split '\s+' | Should -Be @($session.AccessKeyId, '0')
        @(Get-RoleCall $world.Role).Count | Should -Be 1
        @(Get-StsCall $world.User | Where-Object Action -EQ GetSessionToken).Count | Should -Be 1
    }

    It 'gets a new session without a code when its own has expired, and with -Force' {
        $world = New-RoleUser
        $first = Get-MfaSessionToken admin -TokenCode (Get-Code $world.User)
        (Get-MfaSessionToken admin -NoPrompt -Force).AccessKeyId | Should -Not -Be $first.AccessKeyId
        (Get-Content (Get-CredentialsPath) -Raw) -match '(?s)\[admin-sts\].*?expiration = (\S+)' | Should -BeTrue
        $text = (Get-Content (Get-CredentialsPath) -Raw).Replace($Matches[1], '2020-01-01T00:00:00Z')
        Set-Content (Get-CredentialsPath) $text -NoNewline
        (Get-MfaSessionToken admin -NoPrompt).Origin | Should -Be Sts
        @(Get-RoleCall $world.Role).Count | Should -Be 3
    }

    It 'pipes into Use-MfaSession and Set-AWSCredential, and binds to no parameter of an AWS operation' {
        $world = New-RoleUser
        Get-MfaSessionToken admin -TokenCode (Get-Code $world.User) | Use-MfaSession
        $env:MFASTS_PROFILE | Should -Be admin
        $env:AWS_ACCESS_KEY_ID | Should -Be (Get-MfaSessionToken admin).AccessKeyId
        Get-MfaPromptSegment | Should -Match '^admin '
        (Get-MfaSessionToken admin).PSObject.Properties.Name | Should -Not -Contain Role
        (Get-MfaSessionToken admin).PSObject.Properties.Name | Should -Not -Contain RoleArn
        Clear-MfaSession
    }

    It 'is used around a script block, by profile, and listed below its source' {
        $world = New-RoleUser
        $null = Get-MfaSessionToken admin -TokenCode (Get-Code $world.User)
        Use-MfaSession admin -ScriptBlock { $env:AWS_SESSION_TOKEN } | Should -Be (Get-MfaSessionToken admin).SessionToken
        Use-MfaSession admin -ByProfile
        $env:AWS_PROFILE | Should -Be admin-sts
        (Get-MfaSession -Active).Profile | Should -Be admin
        Clear-MfaSession
        @(Get-MfaSession).Profile | Should -Be prod, admin
        (Get-MfaSession | Out-String) | Should -Match "(?m)^ +prod +123456789012 .*\n +admin \($($world.Role.Name)\) +210987654321 "
    }

    It 'goes with its source, once' {
        $world = New-RoleUser
        $null = Get-MfaSessionToken admin -TokenCode (Get-Code $world.User)
        Get-MfaSession | Remove-MfaSession -Confirm:$false
        @(Get-MfaSession).Count | Should -Be 0
        $null = Get-MfaSessionToken admin -TokenCode (Get-Code $world.User -Next)
        (Remove-MfaLongTermCredential prod -Confirm:$false -Verbose 4>&1) -join ' ' | Should -Match 'roles that were taken with .* removed: admin'
        @(Get-MfaSession).Profile | Should -Be prod
    }

    It 'has its own words for <Name>, and spends no code where none need be' -ForEach @(
        @{ Name = 'a loop'; Id = 'RoleSourceInvalid'; Config = "[profile a]`nrole_arn = {0}`nsource_profile = b`n[profile b]`nrole_arn = {0}`nsource_profile = a"; Words = 'a -> b -> a' }
        @{ Name = 'a source without keys'; Id = 'RoleSourceInvalid'; Config = "[profile a]`nrole_arn = {0}`nsource_profile = none"; Words = "profile 'none'" }
        @{ Name = 'another kind of source'; Id = 'RoleSourceInvalid'; Config = "[profile a]`nrole_arn = {0}`nsource_profile = b`n[profile b]`nsso_session = s"; Words = 'IAM Identity Center' }
        @{ Name = 'an illegal session name'; Id = 'RoleSettingInvalid'; Config = "[profile a]`nrole_arn = {0}`nsource_profile = prod`nrole_session_name = a b"; Words = 'role session name' }
        @{ Name = 'an illegal tag'; Id = 'RoleSettingInvalid'; Config = "[profile a]`nrole_arn = {0}`nsource_profile = prod`nsession_tags = k!=v"; Words = "session tag 'k!'" }
    ) {
        $user = New-ReadyUser
        Set-Content (Get-ConfigPath) ($Config -f (New-SandboxRole).RoleArn)
        $failure = Get-Failure { Get-MfaSessionToken a -TokenCode 123456 }
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$failure" | Should -Match ([regex]::Escape($Words))
        Get-StsCallCount $user | Should -Be 0
    }

    It 'says what a refusal can mean' {
        $world = New-RoleUser @{ ExternalId = 'partner' }
        $null = Get-MfaSessionToken prod -TokenCode (Get-Code $world.User)
        $failure = Get-Failure { Get-MfaSessionToken admin -NoPrompt }
        $failure.FullyQualifiedErrorId | Should -BeLike 'RoleNotAssumable,*'
        "$failure" | Should -Match 'external ID, and none is set'
    }

    It 'says that the code may be too old for the role, and takes it after the way out that it names' {
        $world = New-RoleUser @{ MfaAge = 300 }
        Set-MfaAge (Get-MfaSessionToken prod -TokenCode (Get-Code $world.User)).AccessKeyId 600
        $failure = Get-Failure { Get-MfaSessionToken admin -NoPrompt }
        $failure.FullyQualifiedErrorId | Should -BeLike 'RoleNotAssumable,*'
        "$failure" | Should -Match 'aws:MultiFactorAuthAge'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Get-MfaSessionToken -Profile prod -Force'
        $null = Get-MfaSessionToken prod -Force -TokenCode (Get-Code $world.User -Next)
        (Get-MfaSessionToken admin -NoPrompt).SessionRole | Should -Be $world.Role.Name
    }

    It 'refuses more than the role allows, once' {
        $world = New-RoleUser
        $failure = Get-Failure { Get-MfaSessionToken admin -Duration 4h -TokenCode (Get-Code $world.User) }
        $failure.FullyQualifiedErrorId | Should -BeLike 'RoleDurationRefused,*'
        $failure = Get-Failure { Get-MfaSessionToken admin -Duration 4h -TokenCode (Get-Code $world.User -Next) }
        "$failure" | Should -Match 'less than a day ago'
        @(Get-RoleCall $world.Role).Count | Should -Be 1
    }

    It 'lives longer when it is taken with a code of its own' {
        $world = New-RoleUser @{ Maximum = 43200 }
        (Get-MfaSessionToken admin -Duration 4h -TokenCode (Get-Code $world.User)).Remaining.TotalHours | Should -BeGreaterThan 3.9
        (Get-MfaSessionToken admin).Origin | Should -Be Store
    }

    It 'is not registered as a credential_process; its source is named' {
        $null = New-RoleUser
        $failure = Get-Failure { Register-MfaCredentialProcess admin -Confirm:$false }
        $failure.FullyQualifiedErrorId | Should -BeLike 'ProfileUnsuitable,*'
        $failure.ErrorDetails.RecommendedAction | Should -Match 'Register-MfaCredentialProcess -Profile prod\b'
    }

    It 'is completed with its state' {
        $world = New-RoleUser
        $offered = { (TabExpansion2 'Get-MfaSessionToken ad' 22).CompletionMatches }
        (& $offered).ToolTip | Should -Match "^admin: role $([regex]::Escape($world.Role.RoleArn)), taken with prod"
        $null = Get-MfaSessionToken admin -TokenCode (Get-Code $world.User)
        (& $offered).ToolTip | Should -Match "^admin: session of role $($world.Role.Name), "
    }
}

Describe 'A role that no profile names' {
    It 'is taken with the session of the profile, and kept where a section is named' {
        $user = New-ReadyUser
        $role = New-SandboxRole -Other -Mfa -Tags -SourceIdentity
        $null = Get-MfaSessionToken prod -TokenCode (Get-Code $user)
        $given = @{
            RoleArn = $role.RoleArn; Tag = @{ Team = 'blue' }; TransitiveTagKey = 'Team'; SourceIdentity = 'alice'; RoleSessionName = 'me'
            Policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}'
        }
        $once = Get-MfaSessionToken prod @given
        $once.Section | Should -BeNullOrEmpty
        (Get-Content (Get-CredentialsPath) -Raw) | Should -Not -Match 'mfasts_role'
        Get-Failure { $once | Use-MfaSession -ByProfile } | ForEach-Object FullyQualifiedErrorId | Should -BeLike 'ProfileUnsuitable,*'
        $once | Use-MfaSession
        Get-MfaPromptSegment | Should -Match "^prod/$($role.Name) "
        Clear-MfaSession
        $kept = Get-MfaSessionToken prod @given -SessionProfile narrow
        (Get-MfaSessionToken narrow).AccessKeyId | Should -Be $kept.AccessKeyId
        (Get-MfaSessionToken prod -RoleArn $role.RoleArn -SessionProfile narrow).AccessKeyId | Should -Not -Be $kept.AccessKeyId
    }

    It 'is refused without -RoleArn' {
        $null = New-ReadyUser
        Get-Failure { Get-MfaSessionToken prod -ExternalId x } | ForEach-Object FullyQualifiedErrorId | Should -BeLike 'RoleSettingInvalid,*'
    }
}

Describe 'A role at the prompt' -Skip:([bool]$lack) {
    BeforeAll {
        $line = 'Use-MfaSession admin -Renew'
        $showSession = Enter-Line '"in use: $((Get-MfaSession -Active).Profile) $((Get-MfaSession -Active).IsRenewed)"'
        $hasSession = @{ expect = 'in use: admin True' }
    }

    It 'comes without a question while the session of its source lives' {
        $world = New-RoleUser
        $null = Get-MfaSessionToken prod -TokenCode (Get-Code $world.User)
        $result = Invoke-Terminal @(@{ expect = $Ready }, $showSession, $hasSession, @{ expect = $Ready }) -ProfileLine $line
        $result.screen | Should -Not -Match 'MFA code'
        @(Get-RoleCall $world.Role).Count | Should -Be 1
    }

    It 'asks for the code of its source when that has no session' {
        $world = New-RoleUser
        $null = Invoke-Terminal @(
            @{ expect = "MFA code for profile 'prod' ($($world.User.SerialNumber)), to take the role of profile 'admin': " }, (Enter-Line (Get-Code $world.User))
            @{ expect = $Ready }, $showSession, $hasSession, @{ expect = $Ready }) -ProfileLine $line
        @(Get-RoleCall $world.Role).Count | Should -Be 1
    }

    It 'is asked for by its source and role in a command' {
        $world = New-RoleUser
        $null = Invoke-Terminal @(
            (Enter-Line 'Use-MfaSession admin')
            @{ expect = "MFA code for profile 'prod' ($($world.User.SerialNumber)), to take the role of profile 'admin': " }, (Enter-Line (Get-Code $world.User))
            @{ expect = $Ready }, (Enter-Line '"in use: " + $env:MFASTS_PROFILE'), @{ expect = 'in use: admin' }, @{ expect = $Ready })
    }
}

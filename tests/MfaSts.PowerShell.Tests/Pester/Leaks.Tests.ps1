[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"

    # Finds a text in an object and in all that its fields, private ones too, lead to. The engine's own world (sessions, commands, reflection) is left out:
    # there the variables of this very test would be found.
    Add-Type -TypeDefinition @'
using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Reflection;
using System.Security;

public static class ObjectGraph
{
    public static string Find(object root, string[] secrets)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Queue<(object Item, string Path)>();
        open.Enqueue((root, root == null ? "null" : root.GetType().Name));
        while (open.Count > 0)
        {
            var (item, path) = open.Dequeue();
            if (item == null || IsEngine(item) || !seen.Add(item)) { continue; }
            string text = item as string ?? (item is SecureString s ? new System.Net.NetworkCredential("", s).Password : item is char[] c ? new string(c) : null);
            if (text != null)
            {
                foreach (string secret in secrets) { if (text.Contains(secret)) { return path; } }
                continue;
            }

            if (item is PSObject wrapped)
            {
                foreach (var member in wrapped.Properties) { if (member is PSNoteProperty) { open.Enqueue((member.Value, path + "." + member.Name)); } }
                open.Enqueue((wrapped.BaseObject, path));
                continue;
            }

            if (item is Array array)
            {
                foreach (object element in array) { open.Enqueue((element, path + "[]")); }
                continue;
            }

            for (Type type = item.GetType(); type != null && !type.IsPrimitive; type = type.BaseType)
            {
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    if (!field.FieldType.IsPrimitive && !field.FieldType.IsPointer && !field.FieldType.IsEnum) { open.Enqueue((field.GetValue(item), path + "." + field.Name)); }
                }
            }
        }

        return null;
    }

    private static bool IsEngine(object item)
    {
        string name = item.GetType().FullName;
        return item is Type || item is MemberInfo || item is Assembly || item is Delegate || item is CommandInfo || item is PSModuleInfo
            || name.StartsWith("System.Management.Automation.Runspaces") || name.StartsWith("System.Management.Automation.Language")
            || name.StartsWith("System.Threading") || name.StartsWith("System.Reflection") || name.StartsWith("System.Globalization")
            || name == "System.Management.Automation.ExecutionContext" || name.Contains("SessionState") || name.Contains("CallSite");
    }
}
'@

    function Assert-NoSecret($Item, [string[]] $Secrets) {
        foreach ($one in $Item) { [ObjectGraph]::Find($one, $Secrets) | Should -BeNullOrEmpty }
    }

    function Get-Secret($Session) { $Session.SecretAccessKey, $Session.SessionToken }

    function Assert-Clean([string] $Text, [string[]] $Secrets) {
        $Text | Should -Not -BeNullOrEmpty
        foreach ($secret in $Secrets) { $Text.Replace("`n", '').Replace("`r", '') | Should -Not -Match ([regex]::Escape($secret)) }
    }
}

Describe 'The search itself' {
    It 'finds a secret in a private field, a list, a SecureString and an exception''s data' {
        [ObjectGraph]::Find([System.Collections.Generic.List[string]]@('x', 'theCanary'), 'Canary') | Should -Not -BeNullOrEmpty
        [ObjectGraph]::Find([pscustomobject]@{ Inner = @{ Deep = ConvertTo-Secure theCanary } }, 'Canary') | Should -Not -BeNullOrEmpty
        $exception = [System.Exception]::new('x', [System.Exception]::new('theCanary'))
        [ObjectGraph]::Find([System.Management.Automation.ErrorRecord]::new($exception, 'id', 'NotSpecified', $null), 'Canary') | Should -Not -BeNullOrEmpty
        [ObjectGraph]::Find([pscustomobject]@{ A = 'b' }, 'Canary') | Should -BeNullOrEmpty
    }
}

Describe 'Errors' {
    It 'hold no secret, token or code, in the whole graph of $Error' {
        $user = New-ReadyUser
        $Error.Clear()
        $code = Get-Code $user
        $given = @{ AccessKeyId = $user.AccessKeyId; SecretAccessKey = ConvertTo-Secure $user.SecretAccessKey }
        $odd = 'odd canary secret'
        $attempts = @(
            { Get-MfaSessionToken nobody -TokenCode $code }
            { Get-MfaSessionToken prod -TokenCode $code -Duration 1s }
            { Get-MfaSessionToken prod -TokenCode $code -Region cn-north-1 }
            { Get-MfaSessionToken prod -TokenCode "$($code)9" }
            { Get-MfaSessionToken prod -TokenCode $code -SerialNumber arn:aws:iam::123456789012:mfa/nobody }
            { Get-MfaSessionToken prod -TokenCode $code -SerialNumber arn:aws:iam::123456789012:mfa/nobody }
            { Set-Fault $user throttle; Get-MfaSessionToken prod -TokenCode (Get-Code $user -Next) }
            { Set-MfaLongTermCredential 'a]b' @given }
            { Set-MfaLongTermCredential prod @given -Region Nowhere }
            { Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey (ConvertTo-Secure $odd) }
            { Set-MfaLongTermCredential prod -Credential ([pscredential]::new('short', $given.SecretAccessKey)) }
            { $env:AWS_ENDPOINT_URL = 'http://127.0.0.1:9'; Get-MfaSessionToken prod -TokenCode $code }
            { Test-MfaLongTermCredential prod }
            { Add-Content (Get-CredentialsPath) 'garbage'; Get-MfaSessionToken prod -TokenCode $code }
        )
        foreach ($attempt in $attempts) { try { $null = & $attempt } catch { $null = $_ } }
        $ours = @($Error | Where-Object { $_.Exception -is [MfaSts.Errors.MfaException] })
        $ours.Count | Should -BeGreaterOrEqual $attempts.Count
        Assert-NoSecret $ours ($user.SecretAccessKey, $code, (Get-Code $user -Next), $odd)
        Assert-Clean ($ours | Format-List * -Force | Out-String -Width 500) ($user.SecretAccessKey, $code, $odd)
    }

    It 'about rows from the pipeline and CSV files hold no secret, and a transcript neither' {
        $null = New-ScratchHome
        $secret, $id = 'rowCanary/K7MDENG/bPxRfiCYEXAMPLEKEY0000', 'AKIAIOSFODNN7EXAMPLE'
        $path, $transcript = (Join-Path $env:HOME keys.csv), (Join-Path $env:HOME transcript.txt)
        Set-Content $path "$id,$secret"
        $row = [pscustomobject]@{ 'Access key ID' = $id; 'Secret access key' = $secret }
        $Error.Clear()
        $attempts = @(
            { $row, $row | Set-MfaLongTermCredential }
            { $row, $row | Set-MfaLongTermCredential one }
            { $row | Set-MfaLongTermCredential 'a]b' }
            { $row | Set-MfaLongTermCredential one -SerialNumber nothing }
            { $row | Set-MfaLongTermCredential one -AccessKeyId $id }
            { $row | Set-MfaLongTermCredential one -Credential ([pscredential]::new('x', (ConvertTo-Secure $secret))) }
            { $row | Set-MfaLongTermCredential one -CsvPath $path }
            { $row | Select-Object 'Secret access key' | Set-MfaLongTermCredential one }
            { $row | Select-Object 'Access key ID', @{ Name = 'Secret access key'; Expression = { "$secret#" } } | Set-MfaLongTermCredential one }
            { $row | Select-Object @{ Name = 'Access key ID'; Expression = { $secret } }, 'Secret access key' | Set-MfaLongTermCredential one }
            { $row | Add-Member ScriptProperty UserName { throw $this.'Secret access key' } -PassThru -Force | Set-MfaLongTermCredential 'a]b' }
            { Get-Content $path | Set-MfaLongTermCredential one }
            { $secret | Set-MfaLongTermCredential one }
            { ConvertTo-Secure $secret | Set-MfaLongTermCredential one }
            { , @($secret) | Set-MfaLongTermCredential one }
            { @{ 'Secret access key' = $secret } | Set-MfaLongTermCredential one }
            { $row, $null | Set-MfaLongTermCredential one }
            { Set-MfaLongTermCredential one -CsvPath $path }
            { Set-MfaLongTermCredential one -CsvPath "$path.none" }
            { Set-MfaLongTermCredential one -CsvPath HKNOTHING:/x }
            { Set-Content $path 'Access key ID,Secret access key', "$id,`"$secret"; Set-MfaLongTermCredential one -CsvPath $path }
            { Set-Content $path 'Access key ID,Secret access key', "$id,$secret,"; Set-MfaLongTermCredential one -CsvPath $path }
            { Set-Content $path 'Access key ID,Secret access key', "$secret,$id"; Set-MfaLongTermCredential one -CsvPath $path }
            { $null = Add-Session two; Get-MfaSession | Set-MfaLongTermCredential one }
            { Get-MfaSessionToken two | Set-MfaLongTermCredential one }
        )
        $null = Start-Transcript $transcript
        foreach ($attempt in $attempts) { try { & $attempt } catch { $_ | Format-List * -Force | Out-Host } }
        $null = Stop-Transcript
        $ours = @($Error | Where-Object { $_.Exception -is [MfaSts.Errors.MfaException] })
        $ours.Count | Should -BeGreaterOrEqual $attempts.Count
        @($Error | Where-Object { $_.FullyQualifiedErrorId -match 'NotBound|ParameterBinding' }) | Should -BeNullOrEmpty
        Assert-NoSecret $ours ($secret, 'sessionSecretCanary', 'sessionTokenCanary')
        Assert-Clean ($ours | Format-List * -Force | Out-String -Width 500) ($secret, 'sessionSecretCanary', 'sessionTokenCanary')
        Assert-Clean (Get-Content $transcript -Raw) ($secret, 'sessionSecretCanary', 'sessionTokenCanary')
        (Get-Content (Get-CredentialsPath) -Raw) | Should -Not -Match 'long-term'
    }

    It 'about a session that expired hold nothing of it' {
        $session = Get-ExpiredSession
        $failure = Get-Failure { $session | Use-MfaSession }
        Assert-NoSecret $failure (Get-Secret $session)
    }
}

Describe 'Streams and views' {
    BeforeAll {
        $user = New-ReadyUser
        $code = Get-Code $user
        # Every stream of a whole day's work.
        $streams = & {
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            Set-MfaLongTermCredential prod -AccessKeyId $user.AccessKeyId -SecretAccessKey (ConvertTo-Secure $user.SecretAccessKey) -PassThru
            Test-MfaLongTermCredential prod
            $script:session = Get-MfaSessionToken prod -TokenCode $code
            Get-MfaSessionToken prod -TokenCode $code | Use-MfaSession
            Get-MfaSession
            Get-MfaLongTermCredential
            Clear-MfaSession
        } *>&1
        $secrets = @($user.SecretAccessKey) + (Get-Secret $session)
        $listed = Get-MfaSession
        $keys = Get-MfaLongTermCredential
    }

    It 'verbose, debug, information and warning hold no secret and no code' {
        @($streams | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }).Count | Should -BeGreaterThan 4
        Assert-Clean ($streams | Out-String -Width 500) ($secrets + $code)
    }

    It 'the default view of a session, in every form that is not asked to show all' {
        foreach ($view in { $session }, { $session | Format-List }, { $session | Format-Table }, { $session | Format-Wide }, { $session | Format-Custom }, { "$session" }, { @{ s = $session } }, { , @($session) }) {
            Assert-Clean (& $view | Out-String -Width 500) $secrets
        }
        $session.ToString() | Should -Match '^\(session of prod, expires \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\)$'
    }

    It 'in ForEach-Object -Parallel, seen there and seen here' {
        $there, $back = 1 | ForEach-Object -Parallel { $s = $using:session; $s | Out-String -Width 500; $s | Format-List | Out-String -Width 500 }
        Assert-Clean ($there + $back) $secrets
        $made = 1 | ForEach-Object -Parallel { Import-Module $using:env:PESTER_MODULE; Get-MfaSessionToken prod }
        Assert-Clean (($made | Out-String -Width 500) + ($made | Format-List | Out-String -Width 500)) $secrets
    }

    It 'in a thread job, seen there and seen here' {
        $there = Start-ThreadJob { $args[0] | Out-String -Width 500 } -ArgumentList $session | Receive-Job -Wait -AutoRemoveJob
        Assert-Clean $there $secrets
        $made = Start-ThreadJob { Import-Module $using:env:PESTER_MODULE; Get-MfaSessionToken prod } | Receive-Job -Wait -AutoRemoveJob
        Assert-Clean ($made | Out-String -Width 500) $secrets
    }

    It 'in a job, sent there and sent back, even when all of it is shown' {
        $job = Start-Job { $args[0] | Format-List * -Force | Out-String -Width 500; Import-Module $using:env:PESTER_MODULE; Get-MfaSessionToken prod } -ArgumentList $session
        $there, $made = $job | Receive-Job -Wait -AutoRemoveJob
        Assert-Clean $there $secrets
        $there | Should -Match $session.AccessKeyId
        Assert-Clean ($made | Format-List * -Force | Out-String -Width 500) $secrets
        $made.Profile | Should -Be prod
        Assert-NoSecret $made $secrets
    }

    It 'Export-Clixml' {
        $path = Join-Path $env:HOME session.xml
        $session, $listed, $keys | Export-Clixml $path
        Assert-Clean (Get-Content $path -Raw) $secrets
        (Import-Clixml $path)[0].AccessKeyId | Should -Be $session.AccessKeyId
    }

    It 'ConvertTo-Json, Export-Csv and all properties of what the listing cmdlets give' {
        foreach ($item in $listed, $keys) {
            Assert-Clean ($item | ConvertTo-Json -Depth 5) $secrets
            Assert-Clean ($item | ConvertTo-Csv | Out-String -Width 500) $secrets
            Assert-Clean ($item | Format-List * -Force | Out-String -Width 500) $secrets
            Assert-NoSecret $item $secrets
        }
    }

    It 'a transcript of a shell that shows them' {
        $transcript = Join-Path $env:HOME transcript.txt
        $null = Invoke-FreshPwsh @"
            `$null = Start-Transcript '$transcript'
            `$VerbosePreference = 'Continue'
            Get-MfaSessionToken prod
            Get-MfaSessionToken prod | Use-MfaSession -PassThru
            Get-MfaSession | Format-List *
            Get-MfaLongTermCredential
            try { Get-MfaSessionToken nobody } catch { `$_ | Format-List * -Force }
            `$null = Stop-Transcript
"@
        $text = Get-Content $transcript -Raw
        $text | Should -Match $session.AccessKeyId
        Assert-Clean $text $secrets
    }

    It 'after Remove-Module' {
        Remove-Module MfaSts
        try {
            Assert-Clean ($session | Out-String -Width 500) $secrets
            Assert-Clean (($session | Format-List | Out-String -Width 500) + ($session | Format-Wide | Out-String -Width 500)) $secrets
        }
        finally {
            Import-Module $env:PESTER_MODULE
        }
    }
}

Describe 'Import, rotation, devices and policies' {
    It 'hold no secret, old or new, in any stream or error' {
        $user = New-ReadyUser
        $code = Get-Code $user
        $Error.Clear()
        $streams = & {
            $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
            Add-Content (Get-CredentialsPath) '', '[older-nomfa]', "aws_access_key_id = $($user.AccessKeyId)", "aws_secret_access_key = $($user.SecretAccessKey)"
            Import-MfaLongTermCredential older
            Get-MfaDevice prod
            $script:session = Get-MfaSessionToken prod -TokenCode $code
            Get-MfaPolicyDocument
            Update-MfaLongTermCredential prod -Confirm:$false -PassThru
            foreach ($attempt in { Import-MfaLongTermCredential nobody }, { Update-MfaLongTermCredential nobody -Confirm:$false }, { Update-MfaLongTermCredential older -Confirm:$false -NoPrompt },
                { Get-MfaDevice nobody }, { Get-MfaPolicyDocument -AllowAction nothing }) {
                try { & $attempt } catch { $_ }
            }
        } *>&1
        $stored = [regex]::Matches((Get-Content (Get-CredentialsPath) -Raw), 'aws_secret_access_key = (\S+)').ForEach{ $_.Groups[1].Value }
        $secrets = @($user.SecretAccessKey) + $stored + (Get-Secret $session) | Select-Object -Unique
        $secrets.Count | Should -BeGreaterOrEqual 4
        Assert-Clean ($streams | Out-String -Width 500) $secrets
        Assert-NoSecret @($Error | Where-Object { $_.Exception -is [MfaSts.Errors.MfaException] }) $secrets
    }
}

Describe 'Beside the streams' {
    It 'a secret asked for is in no process''s arguments and in no file but the credentials' -Skip:(-not $IsLinux) {
        $user = New-ReadyUser
        $session = Get-NewSession $user
        $files = Get-ChildItem $env:HOME -Recurse -Force -File | Where-Object FullName -NE (Get-CredentialsPath)
        $files | ForEach-Object { Get-Content $_ -Raw } | Should -Not -Match ([regex]::Escape($session.SecretAccessKey))
        (Get-ChildItem $env:PESTER_SCRATCH -Recurse -Force -File).Name | Should -Not -Match 'mfasts-[0-9a-f]{32}'
    }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    function Get-Completion([string] $Line) { [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches }
    $null = New-ScratchHome
    Set-Content (Get-CredentialsPath) @'
[prod-long-term]
aws_access_key_id = AKIAPRODPRODPRODPROD
aws_secret_access_key = secretCanary
[team@example]
aws_access_key_id = AKIATEAMTEAMTEAMTEAM
aws_secret_access_key = secretCanary
'@
    $null = Add-Session prod
    $null = Add-Session gone ([datetime]::UtcNow.AddHours(-1))
}

Describe 'Completion of -Profile' {
    It '<_> offers every profile once, sorted, with a tooltip that tells what is there' -ForEach @(
        'Get-MfaLongTermCredential', 'Get-MfaSession', 'Get-MfaSessionToken', 'Remove-MfaLongTermCredential', 'Remove-MfaSession',
        'Set-MfaLongTermCredential', 'Test-MfaLongTermCredential', 'Use-MfaSession') {
        $found = Get-Completion "$_ -Profile "
        $found.ListItemText | Should -Be gone, prod, team@example
        $found.ToolTip[0] | Should -Be 'gone: session, Expired'
        $found.ToolTip[1] | Should -Match '^prod: session, 5h 5\dm .*left$'
        $found.ToolTip[2] | Should -Be 'team@example: long-term key AKIATEAMTEAMTEAMTEAM'
    }

    It 'completes by position, by prefix in any case, and inside quotes' {
        (Get-Completion 'Use-MfaSession P').CompletionText | Should -Be prod
        (Get-Completion "Use-MfaSession 'pr").CompletionText | Should -Be prod
        Get-Completion 'Use-MfaSession -Profile x' | Where-Object ResultType -EQ ParameterValue | Should -BeNullOrEmpty
    }

    It 'quotes what PowerShell would take apart' {
        (Get-Completion 'Use-MfaSession te').CompletionText | Should -Be "'team@example'"
    }

    It 'never fails, and shows no secret' {
        (Get-Completion 'Use-MfaSession ') | Out-String | Should -Not -Match Canary
        Add-Content (Get-CredentialsPath) 'garbage'
        $Error.Clear()
        [MfaSts.PowerShell.Parameters.ProfileCompleter]::new().CompleteArgument('', '', 'p', $null, @{}) | Should -BeNullOrEmpty
        $Error | Should -BeNullOrEmpty
    }
}

Describe 'Completion of the other parameters' {
    BeforeAll {
        $null = New-ScratchHome
        Set-Content (Get-CredentialsPath) @'
[prod-long-term]
aws_access_key_id = AKIAPRODPRODPRODPROD
aws_secret_access_key = secretCanary
aws_mfa_device = arn:aws:iam::123456789012:mfa/prod
[gov-long-term]
aws_access_key_id = AKIAGOVGOVGOVGOVGOV0
aws_secret_access_key = secretCanary
aws_mfa_device = arn:aws-us-gov:iam::123456789012:mfa/gov
[twin-long-term]
aws_access_key_id = AKIATWINTWINTWINTWIN
aws_secret_access_key = secretCanary
aws_mfa_device = arn:aws-us-gov:iam::123456789012:mfa/gov
[bare-long-term]
aws_access_key_id = AKIABAREBAREBAREBARE
aws_secret_access_key = secretCanary
'@
        $null = Add-Session prod
        $null = Add-Session soon ([datetime]::UtcNow.AddMinutes(3))
        $null = Add-Session prod -Section prod-sts
    }

    It '-Region of <_> offers the regions of the profile''s partition, with their places' -ForEach @(
        'Get-MfaSessionToken', 'Use-MfaSession', 'Set-MfaLongTermCredential', 'Test-MfaLongTermCredential', 'Get-MfaDevice') {
        (Get-Completion "$_ gov -Region ").ListItemText | Should -Be us-gov-east-1, us-gov-west-1
        $found = Get-Completion "$_ -Profile prod -Region eu-ce"
        $found.CompletionText | Should -Be eu-central-1, eu-central-2
        $found[0].ToolTip | Should -Be 'Europe (Frankfurt) (aws)'
        (Get-Completion "$_ -Profile prod -Region cn").ResultType | Should -Not -Contain ParameterValue
    }

    It '-Region offers all where no device tells the partition, the commercial ones first' {
        foreach ($profileWords in '', 'bare', 'nobody') {
            $found = (Get-Completion "Get-MfaSessionToken $profileWords -Region ").ListItemText
            $found[0] | Should -Be af-south-1
            $found | Should -Contain cn-north-1
            $found | Should -Contain us-gov-west-1
        }
    }

    It '-SerialNumber of <_> offers each known device once, the profile''s first' -ForEach 'Get-MfaSessionToken', 'Use-MfaSession', 'Set-MfaLongTermCredential' {
        (Get-Completion "$_ -SerialNumber ").ListItemText | Should -Be 'arn:aws-us-gov:iam::123456789012:mfa/gov', 'arn:aws:iam::123456789012:mfa/prod'
        $found = Get-Completion "$_ prod -SerialNumber "
        $found.ListItemText | Should -Be 'arn:aws:iam::123456789012:mfa/prod', 'arn:aws-us-gov:iam::123456789012:mfa/gov'
        $found[1].ToolTip | Should -Be 'MFA device of profile gov, twin'
    }

    It '-Duration of <_> offers lengths that STS takes' -ForEach 'Get-MfaSessionToken', 'Use-MfaSession', 'Set-MfaLongTermCredential' {
        $found = Get-Completion "$_ -Duration "
        $found.CompletionText | Should -Be 15m, 1h, 4h, 8h, 12h, 1d, 36h
        foreach ($text in $found.CompletionText) {
            $span = [MfaSts.PowerShell.Parameters.DurationTransformationAttribute]::new().Transform($null, $text)
            $span.TotalSeconds | Should -BeGreaterOrEqual 900
            $span.TotalSeconds | Should -BeLessOrEqual 129600
        }
        (Get-Completion "$_ -Duration 1").CompletionText | Should -Be 15m, 1h, 12h, 1d
    }

    It '-SessionProfile of <_> offers the sections with sessions, the profile''s first' -ForEach 'Get-MfaSessionToken', 'Use-MfaSession' {
        (Get-Completion "$_ soon -SessionProfile ").ListItemText | Should -Be soon, prod, prod-sts
        $found = Get-Completion "$_ prod -SessionProfile "
        $found.ListItemText | Should -Be prod, prod-sts, soon
        $found[1].ToolTip | Should -Match '^\[prod-sts\]: session of profile ''prod'', 5h 5\dm .*left$'
        $found[2].ToolTip | Should -Match '^\[soon\]: session of profile ''soon'', Expiring, [12]m .*left$'
    }

    It 'none fails on a broken file: <_>' -ForEach 'ProfileCompleter', 'SerialNumberCompleter', 'RegionCompleter', 'DurationCompleter', 'SessionSectionCompleter' {
        $completer = New-Object "MfaSts.PowerShell.Parameters.$_"
        $path = Get-CredentialsPath
        $whole = Get-Content $path -Raw
        try {
            foreach ($broken in 'garbage', "[a`n") {
                Set-Content $path $broken
                $Error.Clear()
                $null = $completer.CompleteArgument('', '', '', $null, @{ Profile = 'prod' })
                $null = $completer.CompleteArgument('', '', $null, $null, $null)
                $Error | Should -BeNullOrEmpty
            }
        }
        finally {
            Set-Content $path $whole -NoNewline
        }
    }
}

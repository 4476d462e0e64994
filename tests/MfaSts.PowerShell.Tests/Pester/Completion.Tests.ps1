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
        $found.ToolTip[1] | Should -Match '^prod: session, 5h 59m .*left$'
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

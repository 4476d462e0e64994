[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    . "$PSScriptRoot/Terminal.ps1"
    $lack = Get-TerminalLack
}

Describe 'Renewal in a host that makes its prompt by the command' -Skip:([bool]$lack) {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        . "$PSScriptRoot/Terminal.ps1"
        $line = ". '$PSScriptRoot/OtherHost.ps1'; 'line ' + 'done'"
        $hosts = @{ expect = 'line done' }, @{ expect = $Ready }
        $question = @{ expect = "MFA code for profile 'prod'" }
        $showKey = (Enter-Line 'Invoke-Other $other ''"key=" + $env:AWS_ACCESS_KEY_ID.Length'''), @{ expect = 'key=20' }, @{ expect = $Ready }
        $prompt = Enter-Line 'Show-OtherPrompt $other'

        function Get-Shown($Result, [string] $Text) { [regex]::Matches($Result.screen, [regex]::Escape($Text)).Count }
    }

    It '<Name> asks at its prompt, and <What>' -ForEach @(
        @{ Name = 'Visual Studio Code Host'; Lack = ''; What = 'has what it needs' }
        @{ Name = 'Visual Studio Code Host'; Lack = 'KeyAvailable'; What = 'cannot tell whether a key waits' }
        @{ Name = 'Windows PowerShell ISE Host'; Lack = 'KeyAvailable'; What = 'has another name' }
    ) {
        $user = New-ReadyUser
        $result = Invoke-Terminal @(
            $hosts
            (Enter-Line "`$other = New-OtherShell 'Use-MfaSession prod -Renew' '$Lack' '$Name'"), @{ expect = $Ready }
            $prompt, $question, (Enter-Line (Get-Code $user)), @{ expect = $Ready }
            $showKey
            $prompt, @{ expect = $Ready }) -ProfileLine $line
        Get-Shown $result 'MFA code for' | Should -Be 1
        Get-StsCallCount $user | Should -Be 1
    }

    It 'that cannot read a key says so once, and what to type' {
        $user = New-ReadyUser
        $result = Invoke-Terminal @(
            $hosts
            (Enter-Line '$other = New-OtherShell ''Use-MfaSession prod -Renew'' ReadKey'), @{ expect = $Ready }
            $prompt, @{ expect = 'cannot be asked for a code at its prompt (NotImplementedException)' }, @{ expect = 'Use-MfaSession prod -Force' }, @{ expect = $Ready }
            $prompt, @{ expect = $Ready }) -ProfileLine $line
        Get-Shown $result 'cannot be asked for a code' | Should -Be 1
        Get-StsCallCount $user | Should -Be 0
    }

    It 'asks nobody when a script calls prompt' {
        $null = New-ReadyUser
        $result = Invoke-Terminal @(
            $hosts
            (Enter-Line '$other = New-OtherShell ''Use-MfaSession prod -Renew'''), @{ expect = $Ready }
            (Enter-Line 'Invoke-Other $other ''"by a " + "script: " + (prompt)'''), @{ expect = 'by a script: ' }, @{ expect = $Ready }) -ProfileLine $line
        Get-Shown $result 'MFA code for' | Should -Be 0
    }
}

Describe 'A host without a terminal to test it on' -Skip:(-not $lack) {
    It 'is not tested: <_>' -ForEach @($lack) { Set-ItResult -Skipped -Because $_ }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $user = New-ReadyUser
    # What each way of running without a person does: a session needs a code, and keys need to be typed.
    $probe = "foreach (`$try in { Get-MfaSessionToken prod }, { Set-MfaLongTermCredential new }) { try { & `$try } catch { $ErrorToJson } }"

    function Assert-NoWay($Lines, [string] $Why) {
        $code, $keys = $Lines | ForEach-Object { $_ | ConvertFrom-Json }
        $code.Id | Should -Be 'TokenCodeRequired,MfaSts.PowerShell.Commands.GetMfaSessionTokenCommand'
        $keys.Id | Should -Be 'InputRequired,MfaSts.PowerShell.Commands.SetMfaLongTermCredentialCommand'
        $code.Category, $keys.Category | Should -Be NotEnabled, NotEnabled
        $code.Target, $keys.Target | Should -Be prod, new
        $code.Message, $keys.Message | ForEach-Object { $_ | Should -Match $Why }
        $code.Remedy | Should -Match 'give -TokenCode'
        $keys.Remedy | Should -Match 'Give it as a parameter'
        Get-StsCallCount $user | Should -Be 0
        Get-FileState | Should -Be $before
    }
}

Describe 'Without anybody to ask' {
    BeforeEach { $before = Get-FileState }

    It '-NonInteractive' {
        Assert-NoWay ((Invoke-FreshPwsh $probe).Out -split '\r?\n') 'started with -NonInteractive'
    }

    It '-noni, the shortest form' {
        Assert-NoWay ((Invoke-FreshPwsh $probe -Options -noni).Out -split '\r?\n') 'started with -NonInteractive'
    }

    It 'standard input redirected' {
        Assert-NoWay ((Invoke-FreshPwsh $probe -Options @()).Out -split '\r?\n') 'standard input is redirected'
    }

    It 'Start-Job' {
        $job = Start-Job { Import-Module $using:env:PESTER_MODULE; & ([scriptblock]::Create($using:probe)) }
        $null = Wait-Job $job -Timeout 600
        $job.State | Should -Be Completed
        Assert-NoWay (Receive-Job $job -AutoRemoveJob -Wait) 'background job'
    }

    It 'Start-ThreadJob' {
        $job = Start-ThreadJob { Import-Module $using:env:PESTER_MODULE; & ([scriptblock]::Create($using:probe)) }
        Assert-NoWay (Receive-Job $job -AutoRemoveJob -Wait) 'no user interface|-NonInteractive'
    }

    It 'ForEach-Object -Parallel' {
        $lines = 1 | ForEach-Object -Parallel { Import-Module $using:env:PESTER_MODULE; & ([scriptblock]::Create($using:probe)) }
        Assert-NoWay $lines 'no user interface|-NonInteractive'
    }

    It '-NoPrompt' {
        $failure = Get-Failure { Get-MfaSessionToken prod -NoPrompt }
        $failure.FullyQualifiedErrorId | Should -Match '^TokenCodeRequired,'
        "$failure" | Should -Match '-NoPrompt was given'
    }

    It 'in an interactive shell, jobs and parallel runspaces still have no one to ask' {
        # Options without -NonInteractive: here only the runspace itself tells.
        $script = "Start-ThreadJob { Import-Module '$env:PESTER_MODULE'; $probe } | Receive-Job -Wait -AutoRemoveJob
            1 | ForEach-Object -Parallel { Import-Module '$env:PESTER_MODULE'; $probe }"
        $lines = (Invoke-FreshPwsh $script -Options @()).Out -split '\r?\n'
        Assert-NoWay $lines[0, 1] 'no user interface'
        Assert-NoWay $lines[2, 3] 'no user interface'
    }

    It 'a usable session needs nobody' {
        $null = Add-Session calm
        (Invoke-FreshPwsh '(Get-MfaSessionToken calm).Origin').Out | Should -Be Store
    }
}

Describe 'The words that pwsh was started with' {
    It '<Words>: <Expected>' -ForEach @(
        @{ Words = '-NonInteractive'; Expected = $true }
        @{ Words = '-NoProfile -noni -File x.ps1'; Expected = $true }
        @{ Words = '--NonInter'; Expected = $true }
        @{ Words = '/noninteractive'; Expected = $true }
        @{ Words = '-ExecutionPolicy Bypass -WorkingDirectory x -NonInteractive'; Expected = $true }
        @{ Words = '-o Text -wd noni -noni'; Expected = $true }
        @{ Words = ''; Expected = $false }
        @{ Words = '-non'; Expected = $false }
        @{ Words = 'x.ps1 -NonInteractive'; Expected = $false }
        @{ Words = '-NoProfile x.ps1 -NonInteractive'; Expected = $false }
        @{ Words = '-Comm x -NonInteractive'; Expected = $false }
        @{ Words = '-c x -NonInteractive'; Expected = $false }
        @{ Words = '-fi x.ps1 -NonInteractive'; Expected = $false }
        @{ Words = '-enc x -NonInteractive'; Expected = $false }
        @{ Words = '-ec x -NonInteractive'; Expected = $false }
        @{ Words = '-cwa x -NonInteractive'; Expected = $false }
        @{ Words = '-wd -NonInteractive'; Expected = $false }) {
        $type = (Get-Command Get-MfaSessionToken).ImplementingType.Assembly.GetType('MfaSts.PowerShell.Hosting.CommandLine')
        $method = $type.GetMethod('HasNonInteractive', [System.Reflection.BindingFlags]'Static, NonPublic')
        $method.Invoke($null, @(, [string[]](@('pwsh') + @($Words -split ' ' -ne '')))) | Should -Be $Expected
    }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    # The transformer alone, and the binding of a literal, which reaches it by another way.
    $transformer = [MfaSts.PowerShell.Parameters.DurationTransformationAttribute]::new()
    $null = New-ScratchHome
    $null = New-Item -ItemType File (Get-CredentialsPath)
    function Get-Bound($Given) { $transformer.Transform($null, $Given) }
}

Describe '-Duration' {
    It 'reads <Text> as <Seconds> s' -ForEach @(
        @{ Text = '12h'; Seconds = 43200 }, @{ Text = '90m'; Seconds = 5400 }, @{ Text = '30s'; Seconds = 30 }, @{ Text = '1h30m'; Seconds = 5400 }
        @{ Text = '1d'; Seconds = 86400 }, @{ Text = '1d2h3m4s'; Seconds = 93784 }, @{ Text = '01:30:00'; Seconds = 5400 }, @{ Text = '1:30'; Seconds = 5400 }
        @{ Text = '3600'; Seconds = 3600 }, @{ Text = '12H'; Seconds = 43200 }, @{ Text = ' 12h '; Seconds = 43200 }) {
        (Get-Bound $Text).TotalSeconds | Should -Be $Seconds
    }

    It 'reads a bare number as seconds, not as ticks, and takes a TimeSpan as it is' {
        (Get-Bound 3600).TotalSeconds | Should -Be 3600
        (Get-Bound ([timespan]'02:00:00')).TotalHours | Should -Be 2
    }

    It 'reads literals by their text: 1d is a day, though PowerShell makes the number 1 of it' {
        Set-MfaLongTermCredential prod -Duration 1d -AccessKeyId AKIAABCDEFGHIJKLMNOP -SecretAccessKey (ConvertTo-Secure ('s' * 40))
        Get-Content (Get-ConfigPath) | Should -Contain 'duration_seconds = 86400'
        Set-MfaLongTermCredential prod -Duration 3600
        Get-Content (Get-ConfigPath) | Should -Contain 'duration_seconds = 3600'
        Set-MfaLongTermCredential prod -DurationInSeconds 1800
        Get-Content (Get-ConfigPath) | Should -Contain 'duration_seconds = 1800'
        Set-MfaLongTermCredential prod -DurationSeconds ([timespan]::FromHours(5))
        Get-Content (Get-ConfigPath) | Should -Contain 'duration_seconds = 18000'
    }

    It 'refuses 1kb as a literal, and names the legal forms' {
        $failure = Get-Failure { Set-MfaLongTermCredential prod -Duration 1kb }
        $failure.FullyQualifiedErrorId | Should -Match '^ParameterArgumentTransformationError,'
        "$failure" | Should -Match "'1kb' is not a duration"
        foreach ($form in '12h', '90m', '30s', '1h30m', '1d', '01:30:00', 'whole seconds') { "$failure" | Should -Match ([regex]::Escape($form)) }
    }

    It 'refuses <_>' -ForEach '', ' ', '0', '0h', '-1h', '-3600', '1.5h', '12 h', 'h', '1h30', '1w', '30m1h', '1e3', '99999999999999999999', '1:2:3:4', 'soon' {
        { Get-Bound $_ } | Should -Throw '*is not a duration*'
    }
}

Describe '-MinimumRemaining' {
    BeforeAll { $null = New-ScratchHome; $null = Add-Session near ([datetime]::UtcNow.AddMinutes(1)); $null = Add-Session over ([datetime]::UtcNow.AddMinutes(-1)) }

    It 'takes <_>' -ForEach 0, '0s', '30s', ([timespan]::Zero) {
        (Get-MfaSessionToken near -MinimumRemaining $_ -NoPrompt).Origin | Should -Be Store
    }

    It 'never gives an expired session' {
        { Get-MfaSessionToken over -MinimumRemaining 0 -NoPrompt } | Should -Throw
    }

    It 'refuses <_>' -ForEach ([timespan]::FromHours(-1)), -3600, '-1h' {
        (Get-Failure { Get-MfaSessionToken over -MinimumRemaining $_ -NoPrompt }).FullyQualifiedErrorId | Should -Match '^ParameterArgumentTransformationError,'
    }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/Help.ps1"
    $names = (Get-Module MfaSts).ExportedCommands.Keys | Sort-Object
    $examples = foreach ($name in $names) {
        if (Test-Path (Join-Path $HelpFolder "$name.md")) { Get-HelpExample (Get-HelpPage $name) | ForEach-Object { @{ Name = $name; Title = $_.Title; Example = $_ } } }
    }
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/Help.ps1"
    $module = Get-Module MfaSts
    $pages = Get-ChildItem $HelpFolder -Filter *.md
    $received = (New-Item -ItemType Directory (Join-Path $env:PESTER_RESULTS help) -Force).FullName

    # Where nobody can be asked these end with an error: that is what the tests see of them.
    $asking = @{ 'Be led to the first session' = 'InputRequired'; 'Fail rather than ask' = 'TokenCodeRequired' }

    function Get-Wording($Paragraphs) { ($Paragraphs | ForEach-Object { $_.Text }) -join ' ' }

    # The headings of the tables in a text, their words only: widths are the data's.
    function Get-TableHeading([string] $Text) {
        [regex]::Matches($Text, '(?m)^(.*\S.*)\n[- ]*-{3}[- ]*$') | ForEach-Object { ($_.Groups[1].Value -split '\s+' | Where-Object { $_ }) -join ' ' }
    }
}

Describe 'The pages of the help' {
    It 'are those of the cmdlets, and about_MfaSts' {
        $pages.BaseName | Sort-Object | Should -Be (@($module.ExportedCommands.Keys) + 'about_MfaSts' | Sort-Object)
    }

    It 'name only cmdlets and errors that there are' {
        foreach ($page in $pages) {
            $text = Get-Content $page -Raw
            [regex]::Matches($text, '\b[A-Z][a-z]+-Mfa[A-Za-z]+') | ForEach-Object { $_.Value | Should -BeIn @($module.ExportedCommands.Keys) -Because $page.Name }
            $errors = [regex]::Matches((Get-HelpSection $text 2).NOTES, 'Errors: (?s).*')
            [regex]::Matches($errors, '(?<![-\w])[A-Z][a-z]+[A-Z]\w+(?!-)') | Where-Object Value -NotMatch '^MfaSts' |
                ForEach-Object { $_.Value | Should -BeIn @([enum]::GetNames([MfaSts.Errors.MfaErrorId])) -Because $page.Name }
        }
    }

    It 'are what Get-Help -Online opens' {
        foreach ($name in $module.ExportedCommands.Keys) {
            $online = (Get-Help $name).relatedLinks.navigationLink.uri | Where-Object { $_ } | Select-Object -First 1
            $online | Should -BeExactly "$($module.ProjectUri.OriginalString)/blob/main/src/MfaSts.PowerShell/Help/$name.md"
            (Get-Command $name).HelpUri | Should -BeExactly $online
            Test-Path (Join-Path $HelpFolder "$name.md") | Should -BeTrue
        }
    }

    It 'are opened in the browser, the one with a link to AWS as well' -Skip:(-not $IsLinux) {
        $folder = New-ScratchHome
        Set-Content "$folder/xdg-open" '#!/bin/sh', 'echo "$@" >> "$HOME/opened"'
        chmod 755 "$folder/xdg-open"
        $opened = 'Get-Help Use-MfaSession -Online; Get-Help Get-MfaPolicyDocument -Online; while (@(Get-Content ~/opened -ErrorAction Ignore).Count -lt 2) { Start-Sleep -Milliseconds 50 }'
        (Invoke-FreshPwsh "`$env:PATH = '${folder}:' + `$env:PATH; $opened").Err | Should -BeNullOrEmpty
        Get-Content "$folder/opened" | Sort-Object | ForEach-Object { Split-Path $_ -Leaf } | Should -Be 'Get-MfaPolicyDocument.md', 'Use-MfaSession.md'
    }

    It 'have code that parses, with parameters that there are' {
        foreach ($page in $pages) {
            foreach ($code in Get-CodeBlock (Get-Content $page -Raw) powershell) {
                $faults = $null
                $tree = [System.Management.Automation.Language.Parser]::ParseInput($code, [ref] $null, [ref] $faults)
                $faults | Should -BeNullOrEmpty -Because "$($page.Name): $code"
                foreach ($call in $tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                    if ($call.GetCommandName() -eq 'aws') { continue }
                    $command = Get-Command $call.GetCommandName()
                    $call.CommandElements.Where{ $_ -is [System.Management.Automation.Language.CommandParameterAst] } |
                        ForEach-Object { $command.ResolveParameter($_.ParameterName) | Should -Not -BeNullOrEmpty }
                }
            }
        }
    }

    It 'say the same of the parameters that cmdlets have from one base class' {
        $said = foreach ($command in $module.ExportedCommands.Values) {
            $sections = Get-HelpSection (Get-HelpSection (Get-HelpPage $command.Name) 2).PARAMETERS 3
            foreach ($key in $sections.Keys) {
                $name = $key.TrimStart('-')
                $owner = $command.ImplementingType.GetProperty($name)?.DeclaringType ?? [System.Management.Automation.Cmdlet]
                if ($owner -ne $command.ImplementingType) { [pscustomobject]@{ Parameter = "$owner $name"; Words = $sections[$key] } }
            }
        }
        $said.Count | Should -BeGreaterThan 20
        $said | Group-Object Parameter | Where-Object { @($_.Group.Words | Sort-Object -Unique).Count -gt 1 } | ForEach-Object Name | Should -BeNullOrEmpty
    }
}

Describe 'The help of <_>' -ForEach $names {
    BeforeAll {
        $command = Get-Command $_
        $help = Get-Help $_ -Full
    }

    It 'has a page that is true to the cmdlet' {
        $page = Get-HelpPage $command.Name
        $expected = Update-HelpPage $page $command
        # What is meant to change is copied from there; words for a new parameter are then still missing.
        Set-Content (Join-Path $received "$($command.Name).md") $expected -NoNewline
        $page | Should -BeExactly $expected -Because "TestResults/pester/help/$($command.Name).md is what the cmdlet is"
    }

    It 'has words for all of it' {
        $help.Synopsis | Should -Match '\w\.$'
        Get-Wording $help.description | Should -Match '\w\.'
        Get-Wording $help.alertSet.alert | Should -Match '\w\.'
        $help.alertSet.alert.Text -join ' ' | Should -Match 'Errors: |Nothing is written'
        foreach ($parameter in Get-OwnParameter $command) {
            $described = $help.parameters.parameter.Where{ $_.name -eq $parameter.Name }
            $described.Count | Should -Be 1 -Because $parameter.Name
            Get-Wording $described.description | Should -Match '\w\.' -Because "-$($parameter.Name) needs words"
            (Get-Wording (Get-Help $command.Name -Parameter $parameter.Name).description) | Should -Be (Get-Wording $described.description)
        }
        foreach ($type in @($help.inputTypes.inputType) + @($help.returnValues.returnValue)) {
            $type.type.name | Should -Match '^(None|System\.\w+(\.\w+)*|MfaSts\.\w+)$'
            Get-Wording $type.description | Should -Match '\w\.'
        }
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
        foreach ($example in $help.examples.example) {
            $example.title | Should -Match '^---- Example \d+: \w'
            $example.code | Should -Not -BeNullOrEmpty
            Get-Wording $example.remarks | Should -Match '\w'
        }
        @($help.relatedLinks.navigationLink.linkText) | Should -Contain about_MfaSts
    }

    It 'tells what the cmdlet takes and gives' {
        @($help.returnValues.returnValue.type.name) | Should -Be @(if ($command.OutputType) { $command.OutputType.Name } else { 'None' })
        $help.parameters.parameter.name | Sort-Object | Should -Be (Get-OwnParameter $command).Name
        foreach ($parameter in Get-OwnParameter $command) {
            $said = $help.parameters.parameter.Where{ $_.name -eq $parameter.Name }[0]
            $set = $parameter.ParameterSets[@($parameter.ParameterSets.Keys | Sort-Object)[0]]
            $said.required | Should -Be "$($set.IsMandatory)"
            $said.position | Should -Be ($set.Position -ge 0 ? "$($set.Position)" : 'named')
            $said.globbing | Should -Be "$(Test-Wildcard $parameter)"
            $said.aliases | Should -Be ($parameter.Aliases ? (($parameter.Aliases | Sort-Object) -join ', ') : 'none')
            $said.pipelineInput -match 'ByValue' | Should -Be $set.ValueFromPipeline
            $said.pipelineInput -match 'ByPropertyName' | Should -Be $set.ValueFromPipelineByPropertyName
            $said.type.name | Should -Be (([Nullable]::GetUnderlyingType($parameter.ParameterType)) ?? $parameter.ParameterType).Name
        }
    }

    It 'has the syntax of each parameter set' {
        $expected = $command.ParameterSets | Sort-Object { -not $_.IsDefault }, Name | ForEach-Object {
            ($_.Parameters.Where{ $_.Name -notin $CommonParameters }.ForEach{ "$($_.Name) $($_.IsMandatory) $($_.Position -ge 0 ? $_.Position : 'named')" } | Sort-Object) -join '; '
        }
        $said = @($help.syntax.syntaxItem) | ForEach-Object { (@($_.parameter | Where-Object { $_ }).ForEach{ "$($_.name) $($_.required) $($_.position)" } | Sort-Object) -join '; ' }
        $said | Should -Be $expected
    }

    It 'tells the defaults' {
        $fresh = [Activator]::CreateInstance($command.ImplementingType)
        foreach ($parameter in Get-OwnParameter $command) {
            $said = $help.parameters.parameter.Where{ $_.name -eq $parameter.Name }[0].defaultValue
            $said | Should -Not -BeNullOrEmpty
            $value = $command.ImplementingType.GetProperty($parameter.Name)?.GetValue($fresh)
            if ($parameter.SwitchParameter -or "$value") { $said | Should -Be "$($value ?? $false)" -Because $parameter.Name }
            if ($parameter.Name -eq 'MinimumRemaining') { $said | Should -Be "$([MfaSts.Sessions.SessionRequest]::UsualMinimumRemaining.TotalMinutes)m" }
            if ($parameter.Name -eq 'Duration' -and $said -ne 'None') { $said | Should -Be "$([MfaSts.Sessions.SessionDuration]::Default.TotalHours)h" }
        }
    }
}

Describe 'An example of <Name>' -ForEach $examples {
    AfterEach {
        Set-Location $PSScriptRoot
        $env:PATH = $UsualPath
    }

    It 'runs as it is printed: <Title>' {
        if ($Name -eq 'Open-MfaConsole' -and -not $IsLinux) { Set-ItResult -Skipped -Because 'it would open a browser'; return }
        New-ExampleHome
        $ConfirmPreference = 'None'
        $what = ($Title -split ': ', 2)[1]
        if ($asking[$what]) {
            (Get-Failure { Invoke-HelpExample $Example }).FullyQualifiedErrorId | Should -BeLike "$($asking[$what]),*"
        }
        else {
            $out = Invoke-HelpExample $Example
            Get-TableHeading $out | Should -Be (Get-TableHeading $Example.Output)
        }
    }
}

Describe 'about_MfaSts' {
    It 'explains each error once, and none besides' {
        $page = Get-HelpPage about_MfaSts
        $rows = [regex]::Matches((Get-HelpSection $page 2).Troubleshooting, '(?m)^\| ([A-Z]\w+) \| (.+) \| (.+) \|$') | Where-Object { $_.Groups[1].Value -cne 'Error' }
        $rows | ForEach-Object { $_.Groups[1].Value } | Should -Be @([enum]::GetNames([MfaSts.Errors.MfaErrorId]))
        foreach ($row in $rows) { $row.Groups[2, 3].Value | Should -Match '\.$' }
    }

    It 'is found by Get-Help, and fits a console of 80 columns' {
        (Get-Help about_Mfa*).Synopsis | Should -Be 'One MFA code in the morning serves every AWS tool all day.'
        $text = Get-Help about_MfaSts
        foreach ($id in [enum]::GetNames([MfaSts.Errors.MfaErrorId])) { $text | Should -MatchExactly "(?m)^    $id$" }
        foreach ($heading in (Get-HelpSection (Get-HelpPage about_MfaSts) 2).Keys) { $text | Should -MatchExactly "(?m)^$($heading.ToUpperInvariant())$" }
        # Not so what is to be copied.
        $text -split '\n' | Where-Object { $_.Length -gt 80 -and $_ -notmatch '^ {8}\S' } | Should -BeNullOrEmpty
    }

    It 'is named by every error, not by the catalogue that mfasts has as well' {
        $null = New-ScratchHome
        $failure = Get-Failure { Get-MfaSessionToken nobody -NoPrompt }
        $failure.ErrorDetails.RecommendedAction | Should -BeExactly "$($failure.Exception.Error.Remedy)`n  More under LongTermCredentialNotFound in: Get-Help about_MfaSts"
        $failure.Exception.Error.Remedy | Should -Not -Match about_
    }
}

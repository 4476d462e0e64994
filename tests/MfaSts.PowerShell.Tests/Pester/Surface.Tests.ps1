[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $module = Get-Module MfaSts

    # A parameter as one line: its type, its sets with position and ways from the pipeline, its aliases and attributes.
    function Format-Parameter($Parameter) {
        $sets = foreach ($set in $Parameter.ParameterSets.GetEnumerator() | Sort-Object Key) {
            $notes = @(
                if ($set.Value.IsMandatory) { 'mandatory' }
                if ($set.Value.Position -ge 0) { "position $($set.Value.Position)" }
                if ($set.Value.ValueFromPipeline) { 'by value' }
                if ($set.Value.ValueFromPipelineByPropertyName) { 'by property name' })
            $set.Key.Replace('__AllParameterSets', 'all') + ($notes ? " ($($notes -join ', '))" : '')
        }
        $attributes = $Parameter.Attributes | ForEach-Object { $_.GetType().Name } |
            Where-Object { $_ -notin 'ParameterAttribute', 'AliasAttribute', 'NullableAttribute', 'NullableContextAttribute' } | Sort-Object -Unique
        @(
            "    -$($Parameter.Name) [$([Microsoft.PowerShell.ToStringCodeMethods]::Type($Parameter.ParameterType))]"
            "sets: $($sets -join '; ')"
            if ($Parameter.Aliases) { "aliases: $(($Parameter.Aliases | Sort-Object) -join ', ')" }
            if ($attributes) { "attributes: $($attributes -join ', ')" }) -join ' | '
    }

    function Format-Command($Command) {
        $attribute = $Command.ImplementingType.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $true)[0]
        "$($Command.Name) | ShouldProcess: $($attribute.SupportsShouldProcess), $($attribute.ConfirmImpact) | default set: $($attribute.DefaultParameterSetName ?? 'none') | gives: $($Command.OutputType.Name -join ', ')".TrimEnd()
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters + [System.Management.Automation.PSCmdlet]::OptionalCommonParameters
        $Command.Parameters.Values | Where-Object Name -NotIn $common | Sort-Object Name | ForEach-Object { Format-Parameter $_ }
    }

    function Format-Type([type] $Type) {
        "[$($Type.FullName)]"
        $Type.GetProperties() | Sort-Object Name | ForEach-Object { "    $($_.Name) [$([Microsoft.PowerShell.ToStringCodeMethods]::Type($_.PropertyType))]" }
        $Type.GetMethods() | Where-Object { $_.DeclaringType -eq $Type -and -not $_.IsSpecialName } | Sort-Object Name | ForEach-Object { "    $($_.Name)()" }
    }
}

Describe 'The surface of the module' {
    It 'is the approved one' {
        $surface = @(
            $module.ExportedCommands.Values | Sort-Object Name | ForEach-Object { Format-Command $_ }
            [MfaSts.MfaDevice], [MfaSts.MfaLongTermCredential], [MfaSts.MfaProfileFinding], [MfaSts.MfaSession], [MfaSts.MfaSessionInfo] | ForEach-Object { Format-Type $_ }
            '[MfaSts.MfaFindingId]'
            [enum]::GetNames([MfaSts.MfaFindingId]) | Sort-Object | ForEach-Object { "    $_" }
            '[MfaSts.Errors.MfaErrorId]'
            [enum]::GetNames([MfaSts.Errors.MfaErrorId]) | Sort-Object | ForEach-Object { "    $_" })
        $approved = Get-Content "$PSScriptRoot/Surface.approved.txt"
        # Each line by itself says what has changed. A change that is meant is made in that file too: what was found is kept for that.
        $surface | Set-Content (Join-Path $env:PESTER_RESULTS Surface.received.txt)
        $surface | Where-Object { $_ -cnotin $approved } | Should -BeNullOrEmpty -Because 'these are not approved'
        $approved | Where-Object { $_ -cnotin $surface } | Should -BeNullOrEmpty -Because 'these are gone'
        $surface | Should -BeExactly $approved
    }

    It 'exports cmdlets only' {
        $module.ExportedFunctions.Count + $module.ExportedAliases.Count + $module.ExportedVariables.Count | Should -Be 0
        $module.ExportedCmdlets.Count | Should -Be $module.ExportedCommands.Count
    }

    It 'has approved verbs, and a manifest that holds' {
        $approved = (Get-Verb).Verb
        foreach ($command in $module.ExportedCommands.Values) { $command.Verb | Should -BeIn $approved }
        (Test-ModuleManifest (Join-Path $env:PESTER_MODULE MfaSts.psd1)).Version | Should -Be $module.Version
    }

    It 'everything that writes supports -WhatIf and -Confirm' {
        foreach ($command in $module.ExportedCommands.Values | Where-Object Verb -NotIn Get, Test) { $command.Parameters.Keys | Should -Contain WhatIf }
        (Get-Command Get-MfaSessionToken).Parameters.Keys | Should -Contain WhatIf
    }
}

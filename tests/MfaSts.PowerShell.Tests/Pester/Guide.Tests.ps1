[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/Help.ps1"
    . "$PSScriptRoot/Guide.ps1"
    $lack = @('bash', 'setsid' | Where-Object { -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) }).ForEach{ "$_ is not on PATH" } + @(if (-not $Program) { 'mfasts is not built' })
    $lines = foreach ($page in 'README.md', 'CONTRIBUTING.md' + (Get-ChildItem "$RepositoryRoot/docs" -Filter *.md).ForEach{ "docs/$($_.Name)" }) {
        Get-GuideLine $page | ForEach-Object { [pscustomobject]@{ Page = $page; Line = $_ } }
    }
    $lines = $lines | Sort-Object Line -Unique -CaseSensitive
    $moduleLines = @($lines | Where-Object { Test-ModuleLine $_.Line } | ForEach-Object { @{ Page = $_.Page; Line = $_.Line } })
    if (@($lines).Count -lt 100) { throw 'The guide has hardly any command lines: they are not found.' }
    $programLines = @($lines | Where-Object { -not (Test-ModuleLine $_.Line) } | ForEach-Object { @{ Page = $_.Page; Line = $_.Line } })
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    . "$PSScriptRoot/Help.ps1"
    . "$PSScriptRoot/Guide.ps1"
    $modulePath = $env:PSModulePath
    $env:PSModulePath = (Split-Path $env:PESTER_MODULE) + [System.IO.Path]::PathSeparator + $modulePath

    # Where nobody can be asked these end with an error: that is what a test sees of them.
    $asking = '^Set-MfaLongTermCredential( prod)?$|^Set-MfaLongTermCredential +#', '^mfasts init( prod)?$'
}

AfterAll { $env:PSModulePath = $modulePath }

Describe 'A command line of the guide' {
    BeforeEach { Use-GuideHome $Line }

    AfterEach {
        Set-Location $PSScriptRoot
        $env:PATH = $UsualPath
    }

    It 'runs: <Page>: <Line>' -ForEach $moduleLines {
        Get-ModuleLineError $Line | Should -Be @(if ($Line -match $asking[0]) { 'InputRequired' })
    }

    It 'runs: <Page>: <Line>' -ForEach $programLines -Skip:($lack.Count -gt 0) {
        Get-ProgramLineError $Line | Should -BeLike ($Line -match $asking[1] ? 'exit code 32: *' : $null)
    }
}

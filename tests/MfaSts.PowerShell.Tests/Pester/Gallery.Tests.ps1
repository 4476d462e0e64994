[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    # Part of PowerShell since 7.4; a PowerShell that was built by hand may lack it.
    $lack = if (-not (Get-Module -ListAvailable Microsoft.PowerShell.PSResourceGet)) { 'PSResourceGet is not on this machine' }
}

Describe 'The manifest' {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        $manifest = Test-ModuleManifest (Join-Path $env:PESTER_MODULE MfaSts.psd1)
    }

    It 'is accepted, and says all that the gallery shows' {
        $manifest.Description | Should -Not -BeNullOrEmpty
        $manifest.Tags | Should -Contain AWS
        $manifest.LicenseUri, $manifest.ProjectUri, $manifest.IconUri, $manifest.ReleaseNotes | ForEach-Object { "$_" | Should -Match '^https://' }
        "$($manifest.PowerShellVersion)" | Should -Be 7.4
    }

    It 'exports just the cmdlets that there are' {
        $manifest.ExportedCmdlets.Keys | Sort-Object | Should -Be (Get-Command -Module MfaSts).Name
    }
}

Describe 'The package' -Skip:([bool]$lack) {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        $gallery = Join-Path $env:PESTER_SCRATCH gallery
        $said = dotnet pack $env:PESTER_PROJECT --no-build --configuration $env:PESTER_CONFIGURATION --output $gallery 2>&1
        if ($LASTEXITCODE -ne 0) { throw "$said" }
    }

    It 'installs from a repository with Install-PSResource into an empty module path, and works there' {
        $user = New-ReadyUser
        $code = Get-Code $user
        $resourceGet = (Get-Module -ListAvailable Microsoft.PowerShell.PSResourceGet | Select-Object -First 1).Path
        $result = Invoke-FreshPwsh -NoImport @"
            `$ErrorActionPreference = 'Stop'
            Import-Module '$resourceGet'
            Register-PSResourceRepository -Name local -Uri '$gallery' -Trusted
            Install-PSResource MfaSts -Repository local -Scope CurrentUser
            `$env:PSModulePath = Join-Path `$env:HOME .local/share/powershell/Modules
            'session=' + (Get-MfaSessionToken prod -TokenCode $code).Origin
            'again=' + (Get-MfaSessionToken prod).Origin
            'accepted=' + (Test-MfaLongTermCredential prod)
            'from=' + (Get-Module MfaSts).ModuleBase
"@
        $result.Err | Should -BeNullOrEmpty
        $lines = $result.Out -split '\r?\n'
        $lines | Should -Contain 'session=Sts'
        $lines | Should -Contain 'again=Store'
        $lines | Should -Contain 'accepted=True'
        ($lines -match '^from=')[0] | Should -Match ([regex]::Escape($env:HOME))
    }

    It 'has the module, its private SDK, readme, licence and icon, and nothing that a build leaves' {
        $zip = [System.IO.Compression.ZipFile]::OpenRead((Get-Item $gallery/*.nupkg).FullName)
        try { $names = $zip.Entries.FullName } finally { $zip.Dispose() }
        foreach ($file in 'MfaSts.psd1', 'README.md', 'CHANGELOG.md', 'LICENSE', 'icon.png', 'bin/MfaSts.PowerShell.dll', 'bin/MfaSts.Core.dll', 'bin/private/AWSSDK.Core.dll', 'bin/private/MfaSts.Aws.dll', 'en-US/MfaSts.PowerShell.dll-Help.xml', 'en-US/about_MfaSts.help.txt') {
            $names | Should -Contain $file
        }
        $names | Where-Object { $_ -match '\.(pdb|deps\.json|cs)$|PowerShellStandard|System\.Management\.Automation' } | Should -BeNullOrEmpty
    }
}

Describe 'The package without PSResourceGet' -Skip:(-not $lack) {
    It 'is not installed: <_>' -ForEach @($lack) { Set-ItResult -Skipped -Because $_ }
}

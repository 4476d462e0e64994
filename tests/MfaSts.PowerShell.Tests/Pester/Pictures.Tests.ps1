[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    $lack = if ($IsWindows) { 'tmux needs Unix' }
    elseif ($PSVersionTable.PSVersion -lt '7.5') { 'an older PowerShell does not print the remedy' }
    else { 'tmux', 'aws' | Where-Object { -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) } | Select-Object -First 1 | ForEach-Object { "$_ is not on PATH" } }
}

BeforeAll {
    . "$PSScriptRoot/Support.ps1"
    $root = (Resolve-Path "$PSScriptRoot/../../..").Path
    $folder = Join-Path $root docs pictures

    function Get-Picture([string] $Name, [string] $In = $folder) { [xml](Get-Content (Join-Path $In "$Name.svg") -Raw) }

    # The lines, without their colours.
    function Get-Text([xml] $Picture) { $Picture.svg.g[1].text | ForEach-Object InnerText }

    # What is seen, with the class of each run's colour, and one moment, one code and one user in the place of all.
    function Get-Shown([xml] $Picture) {
        $lines = foreach ($line in $Picture.svg.g[1].text) { -join ($line.tspan | ForEach-Object { "<$($_.class)>$($_.InnerText)" }) }
        $lines -join "`n" -replace '\d{4}-\d\d-\d\d \d\d:\d\d', '2026-01-02 03:04' -replace '( *\b\d+[hms]\b)+', ' 0m' -replace '(?<!\d)\d{6}(?!\d)', '000000' -replace 'AIDA\w+', 'AIDA'
    }

    # By the Web Content Accessibility Guidelines, 1.4.3.
    function Get-Luminance([string] $Colour) {
        $linear = 1, 3, 5 | ForEach-Object { $c = [Convert]::ToInt32($Colour.Substring($_, 2), 16) / 255; if ($c -le 0.04045) { $c / 12.92 } else { [math]::Pow(($c + 0.055) / 1.055, 2.4) } }
        0.2126 * $linear[0] + 0.7152 * $linear[1] + 0.0722 * $linear[2]
    }
}

Describe 'The README''s picture of the <_>' -ForEach 'session', 'renewal' {
    It 'shows what is seen when it is recorded again' -Skip:([bool]$lack) {
        if (-not (Test-Path "$env:PESTER_SCRATCH/session-dark.svg")) {
            pwsh -NoProfile -NonInteractive -File "$folder/record.ps1" -Destination $env:PESTER_SCRATCH -Configuration $env:PESTER_CONFIGURATION -NoBuild
            $LASTEXITCODE | Should -Be 0
        }
        foreach ($theme in 'light', 'dark') {
            Get-Shown (Get-Picture "$_-$theme") | Should -BeExactly (Get-Shown (Get-Picture "$_-$theme" $env:PESTER_SCRATCH)) -Because 'docs/pictures/record.ps1 makes them anew'
        }
    }

    It 'is the same in light and dark, and small' {
        Get-Text (Get-Picture "$_-light") | Should -BeExactly (Get-Text (Get-Picture "$_-dark"))
        Get-ChildItem "$folder/$_-*.svg" | ForEach-Object Length | Should -BeLessThan 30kb
    }

    It 'can be read: each colour of the text stands out from the page by 4.5' {
        foreach ($theme in 'light', 'dark') {
            $picture = Get-Picture "$_-$theme"
            $page = Get-Luminance $picture.svg.rect.fill
            foreach ($fill in [regex]::Matches($picture.svg.style, 'fill: (#\w{6})')) {
                $text = Get-Luminance $fill.Groups[1].Value
                ([math]::Max($page, $text) + 0.05) / ([math]::Min($page, $text) + 0.05) | Should -BeGreaterOrEqual 4.5 -Because "$theme $fill"
            }
        }
    }

    It 'is in the README, with its own title for who cannot see it' {
        $title = (Get-Picture "$_-light").svg.title
        # Whole addresses: the gallery shows the README without the folder.
        $at = 'https://raw.githubusercontent.com/mfasts/mfasts/main/docs/pictures'
        $shown = "<source media=""(prefers-color-scheme: dark)"" srcset=""$at/$_-dark.svg"">`n  <img src=""$at/$_-light.svg"" alt=""$title"">"
        (Get-Content (Join-Path $root README.md) -Raw).Contains($shown) | Should -BeTrue -Because $shown
    }

    # Needs no terminal, so that it is also seen where none can be recorded.
    It 'has the table''s headings' {
        $null = New-ReadyUser
        $null = Add-Session
        $headings = (Get-MfaSession | Out-String -Width 97) -split '\r?\n' -match 'Profile'
        (Get-Text (Get-Picture "$_-light")) -match 'Profile +\w' -replace ' +', ' ' | Should -BeExactly ($headings.TrimEnd() -replace ' +', ' ')
    }
}

Describe 'The mistake in the picture' {
    It 'has today''s words and remedy' {
        $user = New-ReadyUser
        $code = Get-Code $user
        $null = Get-MfaSessionToken prod -TokenCode $code
        $failure = Get-Failure { Get-MfaSessionToken prod -Force -TokenCode $code }
        $words = "$($failure.Exception.Error.Message)$($failure.ErrorDetails.RecommendedAction)".Replace($user.SerialNumber, 'arn:aws:iam::123456789012:mfa/alice') -replace '\s'
        (-join (Get-Text (Get-Picture session-light)) -replace '\s|Recommendation:').Contains($words) | Should -BeTrue -Because $words
    }
}

[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
param()

BeforeDiscovery {
    # Published before the tests are listed, so that a registry without the compiler for this system says so instead of failing.
    $system = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
    $folder = Join-Path $env:PESTER_SCRATCH precompiled
    $said = dotnet publish (Join-Path $env:PESTER_PROJECT ../MfaSts.Aws) --configuration $env:PESTER_CONFIGURATION --runtime $system -p:PublishReadyToRun=true --artifacts-path (Join-Path $env:PESTER_SCRATCH artifacts) --output $folder 2>&1
    $failed = $LASTEXITCODE -ne 0
    # Code for another .NET than this PowerShell's is passed over; that it still works is what the first test then shows.
    $props = Get-Content (Join-Path $env:PESTER_PROJECT ../Directory.Packages.props) -Raw
    $runs = [regex]::Match($props, '<PrecompiledRuntimeVersion>(\d+)').Groups[1].Value -eq [Environment]::Version.Major
    $lack = if ($failed -and "$said" -match 'NU1101|NU1102|NU1301|NETSDK1094') { "the registry has no compiler of images for $system" }
}

Describe 'A module with precompiled assemblies' -Skip:([bool]$lack) -ForEach @{ Failed = $failed; Said = "$said"; Folder = $folder; System = $system; Runs = $runs } {
    BeforeAll {
        . "$PSScriptRoot/Support.ps1"
        if ($Failed) { throw $Said }
        $image = Join-Path $Folder MfaSts.Core.dll
        $null = New-ReadyUser
        $null = Add-Session stored

        # A copy of the module, with those files as this system's images; what a fresh pwsh says of it, from a stored session to a call to AWS.
        $version = (Import-PowerShellDataFile "$env:PESTER_MODULE/MfaSts.psd1").ModuleVersion
        function Get-Answer([string[]] $Images, [string] $Under = $version) {
            $module = Join-Path (New-Item -ItemType Directory (Join-Path $env:PESTER_SCRATCH ([guid]::NewGuid()))) MfaSts
            Copy-Item $env:PESTER_MODULE $module -Recurse
            if ($Images) {
                $null = New-Item -ItemType Directory "$module/bin/$System/$Under" -Force
                Copy-Item $Images "$module/bin/$System/$Under"
            }
            $result = Invoke-FreshPwsh -NoImport @"
                Import-Module '$module/MfaSts.psd1'
                'type=' + [MfaSts.MfaSession].Assembly.Location
                `$before = [Runtime.JitInfo]::GetCompiledMethodCount()
                'origin=' + (Get-MfaSessionToken stored).Origin
                'methods=' + ([Runtime.JitInfo]::GetCompiledMethodCount() - `$before)
                'copies=' + @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq 'MfaSts.Core' }).Count
                `$before = [Runtime.JitInfo]::GetCompiledMethodCount()
                'accepted=' + (Test-MfaLongTermCredential prod)
                'callmethods=' + ([Runtime.JitInfo]::GetCompiledMethodCount() - `$before)
                foreach (`$name in 'MfaSts.Aws', 'AWSSDK.Core', 'AWSSDK.SecurityToken') {
                    "`$name=" + @([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.GetName().Name -eq `$name }).Location
                }
"@
            $result.Err | Should -BeNullOrEmpty
            $answer = ConvertFrom-StringData ($result.Out -replace '\\', '\\')
            foreach ($name in 'type', 'MfaSts.Aws', 'AWSSDK.Core', 'AWSSDK.SecurityToken') {
                $answer.$name = [System.IO.Path]::GetRelativePath($module, $answer.$name) -replace '\\', '/'
            }
            $answer.accepted | Should -Be True
            $answer
        }

        $plain = Get-Answer
    }

    It 'loads the images of its system, each once' {
        $answer = Get-Answer (Get-ChildItem $Folder -Filter *.dll).FullName
        'MfaSts.Aws', 'AWSSDK.Core', 'AWSSDK.SecurityToken' | ForEach-Object { $answer.$_ | Should -Be "bin/$System/$version/$_.dll" }
        if ($runs) { [int]$answer.callmethods | Should -BeLessThan ([int]$plain.callmethods / 2) }
        $answer.type | Should -Be "bin/$System/$version/MfaSts.Core.dll"
        $answer.copies | Should -Be 1
        $answer.origin | Should -Be Store
    }

    It 'has the runtime compile less than half as many methods' -Skip:(-not $runs) {
        $answer = Get-Answer $image
        [int]$answer.methods | Should -BeLessThan ([int]$plain.methods / 2)
    }

    It 'loads file by file: an image that there is not, or that is torn, costs only its own gain' {
        $torn = Join-Path (New-Item -ItemType Directory (Join-Path $env:PESTER_SCRATCH ([guid]::NewGuid()))) AWSSDK.Core.dll
        [System.IO.File]::WriteAllBytes($torn, [System.IO.File]::ReadAllBytes("$Folder/AWSSDK.Core.dll")[0..4999])
        $answer = Get-Answer "$Folder/MfaSts.Aws.dll", $torn
        $answer.type | Should -Be bin/MfaSts.Core.dll
        $answer.'MfaSts.Aws' | Should -Be "bin/$System/$version/MfaSts.Aws.dll"
        $answer.'AWSSDK.Core', $answer.'AWSSDK.SecurityToken' | Should -Be bin/private/AWSSDK.Core.dll, bin/private/AWSSDK.SecurityToken.dll
    }

    It 'loads the one for all where there is no image' {
        $plain.type, $plain.'MfaSts.Aws' | Should -Be bin/MfaSts.Core.dll, bin/private/MfaSts.Aws.dll
        $plain.copies | Should -Be 1
        $plain.origin | Should -Be Store
    }

    It 'loads the one for all where the image is that of another version, left behind' {
        $answer = Get-Answer $image -Under 0.0.1
        $answer.type | Should -Be bin/MfaSts.Core.dll
        $answer.copies | Should -Be 1
    }

    It 'loads the one for all, and says nothing, where the image is <What>' -ForEach @(
        # What a file for Windows and one for Linux differ in: the runtime refuses it only when it has taken the name.
        @{ What = 'of another system'; Spoil = { param($bytes) $machine = [BitConverter]::ToInt32($bytes, 0x3C) + 4; $bytes[$machine] = $bytes[$machine] -bxor 0x79; $bytes[$machine + 1] = $bytes[$machine + 1] -bxor 0x7B; , $bytes } }
        @{ What = 'torn'; Spoil = { param($bytes) , $bytes[0..4999] } }
        @{ What = 'empty'; Spoil = { , [byte[]]@() } }
    ) {
        $spoilt = Join-Path (New-Item -ItemType Directory (Join-Path $env:PESTER_SCRATCH ([guid]::NewGuid()))) MfaSts.Core.dll
        [System.IO.File]::WriteAllBytes($spoilt, (& $Spoil ([System.IO.File]::ReadAllBytes($image))))
        $answer = Get-Answer $spoilt
        $answer.type | Should -Be bin/MfaSts.Core.dll
        $answer.copies | Should -Be 1
        $answer.origin | Should -Be Store
    }
}

Describe 'A module with precompiled assemblies, where none can be made' -Skip:(-not $lack) {
    It 'is not tried: <_>' -ForEach @($lack) { Set-ItResult -Skipped -Because $_ }
}

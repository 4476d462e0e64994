# Dot-sourced behind Support.ps1: the pages of the help, what they should say of parameters, and a home in which their examples run.
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseDeclaredVarsMoreThanAssignments', '', Justification = 'What one block sets, another reads.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Helpers of tests.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidGlobalVars', '', Justification = 'An example is typed at the prompt, whose scope is the global one.')]
[Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSAvoidUsingInvokeExpression', '', Justification = 'An example is text.')]
param()

$script:HelpFolder = Join-Path $PSScriptRoot .. .. .. src MfaSts.PowerShell Help | Resolve-Path | ForEach-Object Path
$script:UsualPath = $env:PATH
$script:CommonParameters = [System.Management.Automation.PSCmdlet]::CommonParameters

function Get-HelpPage([string] $Name) { Get-Content (Join-Path $script:HelpFolder "$Name.md") -Raw }

function Get-OwnParameter($Command) { $Command.Parameters.Values | Where-Object Name -NotIn $script:CommonParameters | Sort-Object Name }

function Test-Wildcard($Parameter) { @($Parameter.Attributes | Where-Object { $_ -is [System.Management.Automation.SupportsWildcardsAttribute] }).Count -gt 0 }

# The sections under a heading of a level, by their titles.
function Get-HelpSection([string] $Text, [int] $Level) {
    $sections = [ordered]@{}
    $mark = '#' * $Level
    $fenced = $false
    $title = $null
    foreach ($line in $Text -split '\n') {
        if ($line -match '^```') { $fenced = -not $fenced }
        if (-not $fenced -and $line -match "^(#{1,$Level}) (.*)$") {
            $title = $Matches[1] -eq $mark ? $Matches[2] : $null
            if ($title) { $sections[$title] = '' }
        }
        elseif ($title) { $sections[$title] += "$line`n" }
    }
    $sections
}

function Get-CodeBlock([string] $Text, [string] $Language) {
    [regex]::Matches($Text, "(?ms)^``````$Language\n(.*?)\n``````$") | ForEach-Object { $_.Groups[1].Value }
}

# The YAML of a parameter in platyPS's schema. Only its default is the writer's.
function Format-ParameterYaml($Parameter, [string] $Default) {
    $list = { param($Name, $Items) if ($Items) { "${Name}:"; $Items | ForEach-Object { "- $_" } } else { "${Name}: []" } }
    $lower = { param($Value) "$Value".ToLowerInvariant() }
    @(
        "Type: $($Parameter.ParameterType.ToString())"
        "DefaultValue: $Default"
        "SupportsWildcards: $(& $lower (Test-Wildcard $Parameter))"
        & $list Aliases @($Parameter.Aliases | Sort-Object)
        'ParameterSets:'
        foreach ($set in $Parameter.ParameterSets.GetEnumerator() | Sort-Object Key) {
            "- Name: $($set.Key.Replace('__AllParameterSets', '(All)'))"
            "  Position: $($set.Value.Position -ge 0 ? $set.Value.Position : 'Named')"
            "  IsRequired: $(& $lower $set.Value.IsMandatory)"
            "  ValueFromPipeline: $(& $lower $set.Value.ValueFromPipeline)"
            "  ValueFromPipelineByPropertyName: $(& $lower $set.Value.ValueFromPipelineByPropertyName)"
            "  ValueFromRemainingArguments: $(& $lower $set.Value.ValueFromRemainingArguments)"
        }
        'DontShow: false'
        & $list AcceptedValues @($Parameter.Attributes.Where{ $_ -is [System.Management.Automation.ValidateSetAttribute] }.ValidValues)
        "HelpMessage: ''"
    ) -join "`n"
}

# PowerShell's own syntax of each parameter set, broken before a parameter.
function Format-Syntax($Command) {
    $sets = foreach ($set in $Command.ParameterSets | Sort-Object { -not $_.IsDefault }, Name) {
        $lines = [System.Collections.Generic.List[string]]@($Command.Name)
        foreach ($word in "$set" -split ' (?=\[|-)' | Where-Object { $_ }) {
            if ($lines[-1].Length + 1 + $word.Length -gt 100) { $lines.Add(" $word") } else { $lines[-1] += " $word" }
        }
        "### $($set.Name)$($set.IsDefault ? ' (Default)' : '')`n`n``````text`n$($lines -join "`n")`n``````"
    }
    $sets -join "`n`n"
}

# A page with all that can be read off the cmdlet put right. The words stay; a parameter without words gets a place for them.
function Update-HelpPage([string] $Page, $Command) {
    $old = Get-HelpSection (Get-HelpSection $Page 2).PARAMETERS 3
    $parameters = @(foreach ($parameter in Get-OwnParameter $Command) {
        $section = "$($old["-$($parameter.Name)"])"
        $words = ($section -split '```yaml')[0].Trim()
        $default = $section -match '(?m)^DefaultValue: (.*)$' ? $Matches[1] : $parameter.SwitchParameter ? 'False' : 'None'
        "### -$($parameter.Name)`n`n$words`n`n``````yaml`n$(Format-ParameterYaml $parameter $default)`n``````"
    })
    $parameters += "### CommonParameters`n`n$($old.CommonParameters.Trim())"
    $Page = [regex]::Replace($Page, '(?s)(?<=\n## SYNTAX\n\n).*?(?=\n\n## )', { Format-Syntax $Command })
    [regex]::Replace($Page, '(?s)(?<=\n## PARAMETERS\n\n).*?(?=\n\n## )', { $parameters -join "`n`n" })
}

function Get-HelpExample([string] $Page) {
    foreach ($example in (Get-HelpSection (Get-HelpSection $Page 2).EXAMPLES 3).GetEnumerator()) {
        [pscustomobject]@{
            Title  = $example.Key
            Code   = Get-CodeBlock $example.Value powershell | Select-Object -First 1
            Output = Get-CodeBlock $example.Value Output | Select-Object -First 1
        }
    }
}

# A browser that follows the address that it is told to open, to where that first leads.
$script:Browser = '#!/bin/bash', 'a=${1#http://}; h=${a%%/*}; exec 3<>/dev/tcp/${h%:*}/${h#*:}',
    'printf "GET /%s HTTP/1.1\r\nHost: %s\r\n\r\n" "${a#*/}" "$h" >&3; cat <&3 > /dev/null'

# A home with everything that the examples name: prod with keys, device and a session; dev as the AWS CLI leaves it; test whose session has expired;
# admin, a role over prod, and its ARN in $role; two CSV files; a key in variables; the programs aws and mfasts, and a browser; and a code in $code.
function New-ExampleHome {
    $null = New-ScratchHome
    $user = New-SandboxUser -Devices alice, phone -SecurityKeys laptop
    Add-LongTermKey $user
    $null = Get-MfaSessionToken prod -TokenCode (Get-Code $user)
    $other = New-SandboxUser
    Add-Content (Get-CredentialsPath) '[dev]', "aws_access_key_id = $($other.AccessKeyId)", "aws_secret_access_key = $($other.SecretAccessKey)"
    $null = Add-Session test ([datetime]::UtcNow.AddHours(-3))
    Set-Content (Get-ConfigPath) '[profile prod]', 'region = eu-central-1', '[profile dev]', "mfa_serial = $($other.SerialNumber)"
    $global:role = (New-SandboxRole -Mfa).RoleArn
    Add-Content (Get-ConfigPath) '[profile admin]', "role_arn = $role", 'source_profile = prod'
    (Get-PSProvider FileSystem).Home = $env:HOME
    Set-Location $env:HOME
    Set-Content accessKeys.csv 'Access key ID,Secret access key', "$($user.AccessKeyId),$($user.SecretAccessKey)"
    Set-Content keys.csv 'User name,Access key ID,Secret access key', "alice,$($user.AccessKeyId),$($user.SecretAccessKey)", "bob,$($other.AccessKeyId),$($other.SecretAccessKey)"
    $env:CI_KEY_ID, $env:CI_SECRET_KEY = $user.AccessKeyId, $user.SecretAccessKey
    $global:code = Get-Code $user -Next
    $null = New-Item -ItemType Directory bin
    foreach ($name in 'aws', 'mfasts') {
        $path = Join-Path $env:HOME bin ($IsWindows ? "$name.exe" : $name)
        Set-Content $path "#!/bin/sh`nexit 0"
        if (-not $IsWindows) { chmod 755 $path }
    }
    if ($IsLinux) {
        Set-Content (Join-Path $env:HOME bin xdg-open) $script:Browser
        chmod 755 (Join-Path $env:HOME bin xdg-open)
    }
    $env:PATH = (Join-Path $env:HOME bin) + [System.IO.Path]::PathSeparator + $script:UsualPath
}

# What typing an example shows, every stream of it, as wide as the pages are.
function Invoke-HelpExample($Example) { Invoke-Expression $Example.Code *>&1 | Out-String -Width 120 }

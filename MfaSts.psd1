@{
    RootModule           = 'bin/MfaSts.PowerShell.dll'
    # The only place where the version is written: the build reads it here.
    ModuleVersion        = '0.1.0'
    GUID                 = '6f6c4e0b-5f5e-4f0e-9a55-2a1b8a7f0c3d'
    CompatiblePSEditions = @('Core')
    PowerShellVersion    = '7.4'
    Author               = 'The MfaSts authors'
    CompanyName          = 'MfaSts'
    Copyright            = '(c) 2026 The MfaSts authors. MIT licence.'
    Description          = 'One MFA code in the morning serves every AWS tool all day: trades long-term access keys and a code for a session of AWS STS, keeps it in the shared credentials file without losing a byte of it, and puts it into the environment.'

    TypesToProcess       = @('MfaSts.types.ps1xml')
    FormatsToProcess     = @('MfaSts.format.ps1xml')

    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Clear-MfaSession',
        'Get-MfaDevice',
        'Get-MfaLongTermCredential',
        'Get-MfaPolicyDocument',
        'Get-MfaPromptSegment',
        'Get-MfaSession',
        'Get-MfaSessionToken',
        'Import-MfaLongTermCredential',
        'Open-MfaConsole',
        'Register-MfaCredentialProcess',
        'Remove-MfaLongTermCredential',
        'Remove-MfaSession',
        'Repair-MfaProfile',
        'Set-MfaLongTermCredential',
        'Test-MfaLongTermCredential',
        'Test-MfaProfile',
        'Unregister-MfaCredentialProcess',
        'Update-MfaLongTermCredential',
        'Use-MfaSession'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()

    PrivateData          = @{
        PSData = @{
            Tags         = @('AWS', 'MFA', 'STS', 'credentials', 'session', 'IAM', 'security', 'PSEdition_Core', 'Windows', 'Linux', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ProjectUri   = 'https://github.com/mfasts/mfasts'
            IconUri      = 'https://raw.githubusercontent.com/mfasts/mfasts/main/src/MfaSts.PowerShell/icon.png'
            ReleaseNotes = 'https://github.com/mfasts/mfasts/blob/main/CHANGELOG.md'
        }
    }
}

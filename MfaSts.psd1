@{
    RootModule = 'bin/MfaSts.PowerShell.dll'
    ModuleVersion = '0.1.0'
}

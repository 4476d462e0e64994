# Measures everything in one run and prints the tables of README.md. By hand, on a machine that does nothing else.
#Requires -Version 7.4
[CmdletBinding()]
param(
    # Fewer runs, to see whether it works.
    [switch] $Quick
)

$ErrorActionPreference = 'Stop'
$project = Join-Path $PSScriptRoot 'MfaSts.Benchmark.csproj'
# The module is staged by its own build; the benchmark's build brings it along.
dotnet build $project -c Release --nologo -v quiet
if ($LASTEXITCODE) { throw 'The build failed.' }
# As the package has it.
$system = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
dotnet publish "$PSScriptRoot/../../src/MfaSts.Aws" -c Release -r $system -p:PublishReadyToRun=true --nologo -v quiet
if ($LASTEXITCODE) { throw 'The assemblies were not precompiled.' }
dotnet run --project $project -c Release --no-build -- @($Quick ? 'quick' : 'full')
if ($LASTEXITCODE) { throw 'The benchmark failed.' }

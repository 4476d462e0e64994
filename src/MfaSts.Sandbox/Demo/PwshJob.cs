using System.Diagnostics;
using MfaSts.Pwsh;

namespace MfaSts.Sandbox.Demo;

/// <summary>The main job through the real cmdlets, in a pwsh of its own.</summary>
internal sealed class PwshJob : IMainJob
{
    // Each line is shown as it is run. A person would leave the keys and the code out and be asked for them.
    private static readonly string[] Commands =
    [
        "Set-MfaLongTermCredential -Profile $profileName -Credential $key -SerialNumber $serial -Region " + MainJobInput.Region,
        "Get-MfaSessionToken -Profile $profileName -TokenCode $code | Use-MfaSession",
        "Get-MfaSession | Out-String -Width 110 | ForEach-Object Trim",
    ];

    public string Introduction => "The main job is done by the module's cmdlets, in PowerShell.";

    public async Task<bool> RunAsync(MainJobInput input, TextWriter output, CancellationToken cancellationToken)
    {
        using var process = Process.Start(Describe(input))!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            await output.WriteLineAsync("   " + line);
        }

        await output.WriteAsync(await errors);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0;
    }

    private static string Script()
    {
        string commands = string.Join('\n', Commands.Select(command => $"'PS> {command}'; {command}"));
        return $$"""
            $ErrorActionPreference = 'Stop'
            $PSStyle.OutputRendering = 'PlainText'
            Import-Module $env:DEMO_MODULE
            $profileName, $serial, $code = $env:DEMO_PROFILE, $env:DEMO_SERIAL, $env:DEMO_CODE
            $key = [pscredential]::new($env:DEMO_KEY, (ConvertTo-SecureString $env:DEMO_SECRET -AsPlainText -Force))
            {{commands}}
            """;
    }

    private static ProcessStartInfo Describe(MainJobInput input)
    {
        var start = PinnedPwsh.Describe("-NoProfile", "-NonInteractive", "-Command", Script());
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        // Of the caller's environment nothing that steers AWS tools may come along.
        foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("AWS_", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in input.Home.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["DEMO_MODULE"] = ModuleFolder.Path;
        start.Environment["DEMO_PROFILE"] = input.Profile;
        start.Environment["DEMO_KEY"] = input.Key.AccessKeyId;
        start.Environment["DEMO_SECRET"] = input.Key.SecretAccessKey;
        start.Environment["DEMO_SERIAL"] = input.SerialNumber;
        start.Environment["DEMO_CODE"] = input.Code;
        return start;
    }
}

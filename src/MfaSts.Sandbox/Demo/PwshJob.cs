using System.Diagnostics;
using MfaSts.Pwsh;

namespace MfaSts.Sandbox.Demo;

/// <summary>The main job through the real cmdlets, in a pwsh of its own.</summary>
internal sealed class PwshJob : IMainJob
{
    private const string List = "Get-MfaSession | Out-String -Width 110 | ForEach-Object Trim";

    // Each line is shown as it is run. A person would leave the keys and the code out and be asked for them.
    private static readonly string[] SessionCommands =
    [
        "Set-MfaLongTermCredential -Profile $profileName -Credential $key -SerialNumber $serial -Region " + MainJobInput.Region,
        "Get-MfaSessionToken -Profile $profileName -TokenCode $code | Use-MfaSession",
        List,
    ];

    private static readonly string[] RoleCommands = ["Use-MfaSession $roleName", List];

    public string Introduction => "The main job is done by the module's cmdlets, in PowerShell.";

    public Task<bool> GetSessionAsync(MainJobInput input, TextWriter output, CancellationToken cancellationToken) =>
        RunAsync(Describe(input, SessionCommands), output, cancellationToken);

    public Task<bool> TakeRoleAsync(MainJobInput input, string roleProfile, TextWriter output, CancellationToken cancellationToken)
    {
        var start = Describe(input, RoleCommands);
        start.Environment["DEMO_ROLE"] = roleProfile;
        return RunAsync(start, output, cancellationToken);
    }

    private static async Task<bool> RunAsync(ProcessStartInfo start, TextWriter output, CancellationToken cancellationToken)
    {
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            await output.WriteLineAsync("   " + line);
        }

        await output.WriteAsync(await errors);
        await process.WaitForExitAsync(cancellationToken);
        return process.ExitCode == 0;
    }

    private static string Script(string[] commands)
    {
        string lines = string.Join('\n', commands.Select(command => $"'PS> {command}'; {command}"));
        return $$"""
            $ErrorActionPreference = 'Stop'
            $PSStyle.OutputRendering = 'PlainText'
            Import-Module $env:DEMO_MODULE
            $profileName, $serial, $code, $roleName = $env:DEMO_PROFILE, $env:DEMO_SERIAL, $env:DEMO_CODE, $env:DEMO_ROLE
            $key = [pscredential]::new($env:DEMO_KEY, (ConvertTo-SecureString $env:DEMO_SECRET -AsPlainText -Force))
            {{lines}}
            """;
    }

    private static ProcessStartInfo Describe(MainJobInput input, string[] commands)
    {
        var start = PinnedPwsh.Describe("-NoProfile", "-NonInteractive", "-Command", Script(commands));
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

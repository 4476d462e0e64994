using System.Text.Json;

namespace MfaSts.Conformance.Tests.Support;

/// <summary>A fresh PowerShell with the staged module at hand.</summary>
internal static class Pwsh
{
    /// <summary>Runs a script whose last output is one object, in JSON; the running test is skipped where there is no pwsh.</summary>
    /// <param name="person">In whose home.</param>
    /// <param name="input">What the script finds as <c>$in</c>.</param>
    /// <param name="script">The script. It imports the module from <c>$module</c> itself.</param>
    internal static async Task<JsonElement> RunAsync(Person person, object input, string script)
    {
        var environment = new Dictionary<string, string?>(person.Environment)
        {
            ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
            ["TEST_INPUT"] = JsonSerializer.Serialize(input),
            ["TEST_MODULE"] = Repository.Module,
        };
        const string head = """
            $ErrorActionPreference = 'Stop'
            $PSStyle.OutputRendering = 'PlainText'
            $in, $module = ($env:TEST_INPUT | ConvertFrom-Json), $env:TEST_MODULE

            """;
        var child = await Child.RunAsync(environment, "pwsh", "-NoProfile", "-NonInteractive", "-Command", head + script);
        Assert.True(child.ExitCode == 0, child.Output + child.Error);
        return JsonSerializer.Deserialize<JsonElement>(child.Output);
    }
}

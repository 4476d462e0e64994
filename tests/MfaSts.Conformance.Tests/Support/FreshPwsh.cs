using System.Text.Json;
using MfaSts.Pwsh;

namespace MfaSts.Conformance.Tests.Support;

/// <summary>A fresh PowerShell with the staged module at hand.</summary>
internal static class FreshPwsh
{
    /// <summary>
    /// Runs a script whose last output is one object, in JSON; the running test is skipped where PowerShell is not served.
    /// </summary>
    /// <param name="person">In whose home.</param>
    /// <param name="input">What the script finds as <c>$in</c>.</param>
    /// <param name="script">The script. It imports the module from <c>$module</c> itself.</param>
    internal static async Task<JsonElement> RunAsync(Person person, object input, string script)
    {
        Assert.SkipWhen(PinnedPwsh.Lack is not null, PinnedPwsh.Lack ?? string.Empty);
        var environment = new Dictionary<string, string?>(person.Environment)
        {
            ["TEST_INPUT"] = JsonSerializer.Serialize(input),
            ["TEST_MODULE"] = Repository.Module,
        };
        const string head = """
            $ErrorActionPreference = 'Stop'
            $PSStyle.OutputRendering = 'PlainText'
            $in, $module = ($env:TEST_INPUT | ConvertFrom-Json), $env:TEST_MODULE

            """;
        foreach ((string name, string value) in PinnedPwsh.Variables)
        {
            environment[name] = value;
        }

        var child = await Child.RunAsync(environment, PinnedPwsh.Program, "-NoProfile", "-NonInteractive", "-Command", head + script);
        Assert.True(child.ExitCode == 0, child.Output + child.Error);
        return JsonSerializer.Deserialize<JsonElement>(child.Output);
    }
}

using MfaSts.Conformance.Tests.Clients;
using MfaSts.Conformance.Tests.Support;
using MfaSts.Sandbox;

namespace MfaSts.Conformance.Tests;

/// <summary>The command in the warning about mfa_serial is run as it stands there.</summary>
public sealed class WarnedCommandTests
{
    private const string Script = """
        Import-Module $module
        $key = [pscredential]::new($in.Key, (ConvertTo-SecureString $in.Secret -AsPlainText -Force))
        Set-MfaLongTermCredential -Profile prod -Credential $key
        $session = Get-MfaSessionToken -Profile prod -TokenCode $in.Code -WarningVariable warnings -WarningAction SilentlyContinue
        $command = "$warnings" -replace '(?s)^.*Move the device with: '
        Invoke-Expression $command
        $again = Get-MfaSessionToken -Profile prod -Force -TokenCode $in.NextCode
        [pscustomobject]@{
            Warnings = $warnings.Count
            Command = $command
            First = $session.AccessKeyId
            Second = $again.AccessKeyId
        } | ConvertTo-Json
        """;

    [Fact]
    public async Task Command_of_the_warning_lets_the_dotnet_sdk_find_the_session()
    {
        await using var server = await SandboxServer.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var person = new Person(server.Endpoint);
        var (key, device) = (server.Account.Users[0].AccessKeys[0], server.Account.Users[0].MfaDevices[0]);
        person.Config = $"[profile prod]\nregion = eu-central-1\nmfa_serial = {device.SerialNumber}\n# kept\ncolour = red\n";

        var now = TimeProvider.System.GetUtcNow();
        var result = await FreshPwsh.RunAsync(
            person,
            new
            {
                Key = key.AccessKeyId,
                Secret = key.SecretAccessKey,
                Code = device.CodeAt(now),
                NextCode = device.CodeAt(now.AddSeconds(30)),
            },
            Script);

        Assert.Equal(1, result.GetProperty("Warnings").GetInt32());
        Assert.Equal(
            $"Set-MfaLongTermCredential -Profile prod -SerialNumber {device.SerialNumber}", result.GetProperty("Command").GetString());
        Assert.Equal(
            server.Account.Sessions.Select(session => session.AccessKeyId),
            [result.GetProperty("First").GetString()!, result.GetProperty("Second").GetString()!]);
        Assert.Equal("[profile prod]\nregion = eu-central-1\n# kept\ncolour = red\n", person.Config);
        (await new DotNetSdk().ReadAsync(person, Person.Profile)).AssertIsServed();
    }
}

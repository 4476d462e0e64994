using System.Text.Json;
using MfaSts.Conformance.Tests.Support;
using MfaSts.Sandbox;

namespace MfaSts.Conformance.Tests;

/// <summary>
/// Another module has brought an older AWS SDK into the process. All of version 4 carry one assembly version, so only separate load
/// contexts keep both alive.
/// </summary>
public sealed class OlderSdkTests
{
    private const string Script = """
        function Get-Session($user) {
            Set-MfaLongTermCredential -Profile $user.Name -SerialNumber $user.Device -Region eu-central-1 -Credential (
                [pscredential]::new($user.Key, (ConvertTo-SecureString $user.Secret -AsPlainText -Force)))
            (Get-MfaSessionToken -Profile $user.Name -TokenCode $user.Code).AccessKeyId
        }
        function Use-OlderSdk($keyId, $secret) {
            $folder = $in.OlderSdk
            foreach ($name in 'AWSSDK.Core', 'AWSSDK.SecurityToken') {
                $null = [Runtime.Loader.AssemblyLoadContext]::Default.LoadFromAssemblyPath("$folder/$name.dll")
            }
            $config = [Amazon.SecurityToken.AmazonSecurityTokenServiceConfig]@{
                ServiceURL = $env:AWS_ENDPOINT_URL; AuthenticationRegion = 'eu-central-1'
            }
            $client = [Amazon.SecurityToken.AmazonSecurityTokenServiceClient]::new($keyId, $secret, $config)
            $client.GetCallerIdentityAsync([Amazon.SecurityToken.Model.GetCallerIdentityRequest]::new()).GetAwaiter().GetResult().Arn
        }
        $first, $second, $third, $fourth = $in.Users
        $result = @{ Sessions = @() }
        if ($in.OlderFirst) { $result.Older = Use-OlderSdk $first.Key $first.Secret }
        Import-Module $module
        $result.Sessions += Get-Session $first
        if (-not $in.OlderFirst) { $result.Older = Use-OlderSdk $first.Key $first.Secret }
        Import-Module $module -Force
        $result.Sessions += Get-Session $second
        $get = ${function:Get-Session}.ToString()
        $result.Sessions += $third, $fourth | ForEach-Object -ThrottleLimit 2 -Parallel {
            Import-Module $using:module
            & ([scriptblock]::Create($using:get)) $_
        }
        $result.OlderAgain = Use-OlderSdk $second.Key $second.Secret
        $sdks = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'AWSSDK.Core' }
        $result.Loaded = @($sdks | ForEach-Object {
            [Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name + ' ' +
                [Diagnostics.FileVersionInfo]::GetVersionInfo($_.Location).FileVersion
        } | Sort-Object)
        $result | ConvertTo-Json
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sessions_work_beside_an_older_sdk(bool isOlderFirst)
    {
        var account = new SandboxAccount();
        string[] names = ["ann", "bob", "cyn", "dan"];
        foreach (string name in names)
        {
            var user = account.AddUser(name);
            user.AddAccessKey();
            user.AddMfaDevice(name);
        }

        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { Account = account }, cancellationToken: TestContext.Current.CancellationToken);
        using var person = new Person(server.Endpoint);

        var result = await FreshPwsh.RunAsync(
            person,
            new
            {
                OlderFirst = isOlderFirst,
                OlderSdk = Path.Combine(AppContext.BaseDirectory, "older-sdk"),
                Users = account.Users.Select(Describe),
            },
            Script);

        Assert.Equal("arn:aws:iam::123456789012:user/ann", result.GetProperty("Older").GetString());
        Assert.Equal("arn:aws:iam::123456789012:user/bob", result.GetProperty("OlderAgain").GetString());
        Assert.Equal(Sorted(account.Sessions.Select(session => session.AccessKeyId)), Sorted(Texts(result.GetProperty("Sessions"))));
        Assert.Equal(names, Sorted(account.Sessions.Select(session => session.User.Name)));
        Assert.Collection(
            Texts(result.GetProperty("Loaded")),
            older => Assert.StartsWith("Default 4.0.3.", older, StringComparison.Ordinal),
            ours => Assert.StartsWith("MfaSts 4.0.102.", ours, StringComparison.Ordinal));
    }

    // A code of the near future: the service accepts it already, and PowerShell has time to start.
    private static object Describe(SandboxUser user) => new
    {
        user.Name,
        Key = user.AccessKeys[0].AccessKeyId,
        Secret = user.AccessKeys[0].SecretAccessKey,
        Device = user.MfaDevices[0].SerialNumber,
        Code = user.MfaDevices[0].CodeAt(TimeProvider.System.GetUtcNow().AddSeconds(20)),
    };

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(element => element.GetString()!)];

    private static string[] Sorted(IEnumerable<string> texts) => [.. texts.Order(StringComparer.Ordinal)];
}

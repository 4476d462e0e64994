using System.Text.Json;
using Amazon.Runtime.CredentialManagement;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using MfaSts.Conformance.DotNetClient;

// One profile, as the AWS SDK for .NET (and so AWS.Tools) reads it: who am I, and the call that needs MFA.
string name = args[0];
var chain = new CredentialProfileStoreChain();
if (!chain.TryGetProfile(name, out var profile) || !chain.TryGetAWSCredentials(name, out var credentials))
{
    await Console.Error.WriteLineAsync($"The profile '{name}' has no credentials for the AWS SDK for .NET.");
    return 1;
}

var settings = new AmazonSecurityTokenServiceConfig { RegionEndpoint = profile.Region, MaxErrorRetry = 0 };
using var sts = new AmazonSecurityTokenServiceClient(credentials, settings);
var caller = await sts.GetCallerIdentityAsync(new GetCallerIdentityRequest());
string[] users = await new UserList(settings, credentials).ReadAsync();
Console.WriteLine(JsonSerializer.Serialize(new { arn = caller.Arn, users }));
return 0;

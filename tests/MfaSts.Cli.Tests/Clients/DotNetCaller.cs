using System.Globalization;
using Amazon.Runtime.CredentialManagement;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace MfaSts.Cli.Tests.Clients;

/// <summary>A program that calls AWS with a profile by the AWS SDK for .NET.</summary>
internal static class DotNetCaller
{
    /// <summary>Writes the caller's ARN for each call.</summary>
    internal static async Task<int> RunAsync(string profile, string count)
    {
        if (!new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var credentials))
        {
            await Console.Error.WriteLineAsync("The profile has no credentials.");
            return 1;
        }

        using var client = new AmazonSecurityTokenServiceClient(
            credentials, new AmazonSecurityTokenServiceConfig { ServiceURL = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") });
        for (int call = 0; call < int.Parse(count, CultureInfo.InvariantCulture); call++)
        {
            Console.WriteLine((await client.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn);
        }

        return 0;
    }
}

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
        var settings = new AmazonSecurityTokenServiceConfig { ServiceURL = Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL") };
        if (profile == "-")
        {
            using var chosen = new AmazonSecurityTokenServiceClient(settings);
            return await CallAsync(chosen, count);
        }

        if (!new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var credentials))
        {
            await Console.Error.WriteLineAsync("The profile has no credentials.");
            return 1;
        }

        using var client = new AmazonSecurityTokenServiceClient(credentials, settings);
        return await CallAsync(client, count);
    }

    // A number of calls, or one for each line of standard input.
    private static async Task<int> CallAsync(AmazonSecurityTokenServiceClient client, string count)
    {
        bool isByLine = count == "lines";
        for (int call = 0; isByLine ? await Console.In.ReadLineAsync() is not null : call < int.Parse(count, CultureInfo.InvariantCulture);
            call++)
        {
            Console.WriteLine((await client.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn);
        }

        return 0;
    }
}

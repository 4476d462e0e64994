using MfaSts.Conformance.Tests.Support;

namespace MfaSts.Conformance.Tests.Clients;

/// <summary>The AWS SDK for Python.</summary>
public sealed class Boto3 : AwsClient
{
    internal override Task<ClientAnswer> ReadAsync(Person person, string profile) =>
        RunAsync(person, "python3", Path.Combine(AppContext.BaseDirectory, "Clients", "boto3_client.py"), profile);
}

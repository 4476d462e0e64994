using MfaSts.Conformance.Tests.Support;

namespace MfaSts.Conformance.Tests.Clients;

/// <summary>The AWS SDK for .NET, in a process of its own; AWS.Tools reads profiles through it.</summary>
public sealed class DotNetSdk : AwsClient
{
    internal override bool ReadsSessionBesideMfaSerial => false;

    internal override Task<ClientAnswer> ReadAsync(Person person, string profile) =>
        RunAsync(person, "dotnet", Repository.DotNetClient, profile);
}

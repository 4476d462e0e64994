using System.Text.Json;
using MfaSts.Conformance.Tests.Support;

namespace MfaSts.Conformance.Tests.Clients;

/// <summary>Another party's reader of the AWS files.</summary>
public abstract class AwsClient
{
    // What boto3_client.py ends with where there is no boto3.
    private const int IsNotInstalled = 77;

    /// <summary>Whether it finds a session beside mfa_serial.</summary>
    internal virtual bool ReadsSessionBesideMfaSerial => true;

    /// <summary>Asks AWS by profile name who it is and for the list of users, which needs MFA.</summary>
    internal abstract Task<ClientAnswer> ReadAsync(Person person, string profile);

    private protected static async Task<ClientAnswer> RunAsync(Person person, string program, params string[] arguments)
    {
        var child = await Child.RunAsync(person.Environment, program, arguments);
        Assert.SkipWhen(child.ExitCode == IsNotInstalled, $"A package that '{program}' needs is not installed.");
        return child.ExitCode == 0 ? Parse(child.Output) : ClientAnswer.Failure(child.Error);
    }

    private static ClientAnswer Parse(string output)
    {
        using var answer = JsonDocument.Parse(output);
        string[] users = [.. answer.RootElement.GetProperty("users").EnumerateArray().Select(user => user.GetString()!)];
        return new ClientAnswer(answer.RootElement.GetProperty("arn").GetString(), users, string.Empty);
    }
}

using MfaSts.Conformance.Tests.Support;

namespace MfaSts.Conformance.Tests.Clients;

/// <summary>The AWS CLI.</summary>
public sealed class AwsCli : AwsClient
{
    internal override async Task<ClientAnswer> ReadAsync(Person person, string profile)
    {
        var caller = RunTextAsync(person, profile, "sts", "get-caller-identity", "--query", "Arn");
        var users = RunTextAsync(person, profile, "iam", "list-users", "--query", "Users[].UserName");
        return (await caller, await users) switch
        {
            ({ ExitCode: 0 } first, { ExitCode: 0 } second) =>
                new ClientAnswer(first.Output.Trim(), second.Output.Trim().Split('\t'), string.Empty),
            (var first, var second) => ClientAnswer.Failure(first.Error + second.Error),
        };
    }

    private static Task<Child> RunTextAsync(Person person, string profile, params string[] arguments) =>
        Child.RunAsync(person.Environment, "aws", ["--profile", profile, "--output", "text", .. arguments]);
}

using System.Text.Json;
using MfaSts.Conformance.Tests.Support;
using MfaSts.Policies;
using MfaSts.Profiles;

namespace MfaSts.Conformance.Tests;

/// <summary>The policies go through the AWS CLI into another party's IAM, which checks their grammar.</summary>
public sealed class PolicyTests
{
    [Fact]
    public async Task Policies_are_taken_and_given_back_as_they_are()
    {
        using var moto = await MotoServer.StartAsync();
        using var person = new Person(moto.Endpoint);
        foreach (string name in (string[])["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"])
        {
            person.Environment[name] = "testing";
        }

        person.Environment["AWS_DEFAULT_REGION"] = "us-east-1";

        MfaPolicyDocument[] policies =
        [
            new(),
            new() { HasSelfService = true, Exceptions = ["s3:Get*", "ecr:GetAuthorizationToken"] },
            new() { HasSelfService = true, Partition = Partition.Named("aws-cn")! },
        ];
        foreach ((int number, var policy) in policies.Index())
        {
            string text = policy.ToJson();
            var made = await CreateAsync(person, $"mfa{number}", text);
            Assert.True(made.ExitCode == 0, made.Error);
            string arn = JsonDocument.Parse(made.Output).RootElement.GetProperty("Policy").GetProperty("Arn").GetString()!;

            var read =
                await Child.RunAsync(person.Environment, "aws", "iam", "get-policy-version", "--policy-arn", arn, "--version-id", "v1");

            Assert.True(read.ExitCode == 0, read.Error);
            var document = JsonDocument.Parse(read.Output).RootElement.GetProperty("PolicyVersion").GetProperty("Document");
            Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(text).RootElement, document), read.Output);
        }

        // The check is one: what is no policy is refused there.
        var refused = await CreateAsync(person, "none", policies[0].ToJson().Replace("NotAction", "ButAction", StringComparison.Ordinal));
        Assert.Contains("MalformedPolicyDocument", refused.Error, StringComparison.Ordinal);
    }

    private static async Task<Child> CreateAsync(Person person, string name, string policy)
    {
        string path = Path.Combine(person.Environment["HOME"]!, name + ".json");
        await File.WriteAllTextAsync(path, policy, TestContext.Current.CancellationToken);
        return await Child.RunAsync(
            person.Environment, "aws", "iam", "create-policy", "--policy-name", name, "--policy-document", "file://" + path);
    }
}

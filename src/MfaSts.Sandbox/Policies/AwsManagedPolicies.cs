using System.Collections.Immutable;

namespace MfaSts.Sandbox.Policies;

/// <summary>The few of AWS's managed policies that session policies usually name, as far as the sandbox's actions go.</summary>
internal static class AwsManagedPolicies
{
    internal static ImmutableDictionary<string, PolicyDocument> All { get; } = ImmutableDictionary.CreateRange(
    [
        Policy("AdministratorAccess", "\"*\""),
        Policy("IAMReadOnlyAccess", """["iam:Get*","iam:List*"]"""),
        Policy("ReadOnlyAccess", """["iam:Get*","iam:List*"]"""),
        Policy("AmazonS3ReadOnlyAccess", """["s3:Get*","s3:List*"]"""),
    ]);

    private static KeyValuePair<string, PolicyDocument> Policy(string name, string actions) => KeyValuePair.Create(
        "arn:aws:iam::aws:policy/" + name,
        PolicyDocument.Parse($$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":{{actions}},"Resource":"*"}]}"""));
}

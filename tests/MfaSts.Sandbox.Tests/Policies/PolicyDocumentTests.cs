using MfaSts.Sandbox.Policies;

namespace MfaSts.Sandbox.Tests.Policies;

public sealed class PolicyDocumentTests
{
    private static readonly Dictionary<string, string[]> Keys = new(StringComparer.OrdinalIgnoreCase)
    {
        ["aws:username"] = ["alice"],
        ["aws:MultiFactorAuthPresent"] = ["true"],
        ["aws:MultiFactorAuthAge"] = ["600"],
        ["aws:TagKeys"] = ["team", "cost"],
        ["aws:CurrentTime"] = ["2026-03-01T08:00:00Z"],
    };

    [Theory]
    [InlineData("\"Action\":\"*\"", true)]
    [InlineData("\"Action\":\"iam:*\"", true)]
    [InlineData("\"Action\":\"IAM:listusers\"", true)]
    [InlineData("\"Action\":\"iam:List?sers\"", true)]
    [InlineData("\"Action\":[\"s3:*\",\"iam:ListUsers\"]", true)]
    [InlineData("\"Action\":\"iam:ListUser\"", false)]
    [InlineData("\"NotAction\":\"iam:Get*\"", true)]
    [InlineData("\"NotAction\":[\"s3:*\",\"iam:List*\"]", false)]
    public void Statement_matches_by_action(string actions, bool matches) =>
        Assert.Equal(matches, Allows(Statement(actions + ",\"Resource\":\"*\"")));

    [Theory]
    [InlineData("\"Resource\":\"arn:aws:iam::123456789012:user/alice\"", true)]
    [InlineData("\"Resource\":\"arn:aws:iam::*:user/${aws:username}\"", true)]
    [InlineData("\"Resource\":\"ARN:aws:iam::123456789012:user/alice\"", false)]
    [InlineData("\"Resource\":\"arn:aws:iam::*:user/${aws:unknown}\"", false)]
    [InlineData("\"NotResource\":\"arn:aws:iam::*:user/bob\"", true)]
    [InlineData("\"NotResource\":[\"arn:aws:iam::*:user/bob\",\"arn:aws:iam::*:user/alice\"]", false)]
    public void Statement_matches_by_resource(string resources, bool matches) =>
        Assert.Equal(matches, Allows(Statement("\"Action\":\"*\"," + resources)));

    [Theory]
    [InlineData("StringEquals", "aws:username", "\"alice\"", true)]
    [InlineData("StringEquals", "aws:username", "[\"bob\",\"alice\"]", true)]
    [InlineData("StringEquals", "AWS:UserName", "\"alice\"", true)]
    [InlineData("StringEquals", "aws:username", "\"Alice\"", false)]
    [InlineData("StringEquals", "aws:username", "\"al*\"", false)]
    [InlineData("StringEqualsIgnoreCase", "aws:username", "\"Alice\"", true)]
    [InlineData("StringNotEquals", "aws:username", "[\"bob\",\"carol\"]", true)]
    [InlineData("StringNotEquals", "aws:username", "[\"bob\",\"alice\"]", false)]
    [InlineData("StringNotEquals", "aws:absent", "\"x\"", true)]
    [InlineData("StringLike", "aws:username", "\"a?ic*\"", true)]
    [InlineData("StringNotLike", "aws:username", "\"a*\"", false)]
    [InlineData("StringEquals", "aws:absent", "\"x\"", false)]
    [InlineData("StringEqualsIfExists", "aws:absent", "\"x\"", true)]
    [InlineData("StringEqualsIfExists", "aws:username", "\"x\"", false)]
    [InlineData("Bool", "aws:MultiFactorAuthPresent", "true", true)]
    [InlineData("Bool", "aws:MultiFactorAuthPresent", "\"True\"", true)]
    [InlineData("Bool", "aws:absent", "\"false\"", false)]
    [InlineData("BoolIfExists", "aws:absent", "\"false\"", true)]
    [InlineData("Null", "aws:absent", "\"true\"", true)]
    [InlineData("Null", "aws:MultiFactorAuthAge", "\"true\"", false)]
    [InlineData("Null", "aws:MultiFactorAuthAge", "\"false\"", true)]
    [InlineData("NumericLessThan", "aws:MultiFactorAuthAge", "\"601\"", true)]
    [InlineData("NumericLessThan", "aws:MultiFactorAuthAge", "600", false)]
    [InlineData("NumericLessThanEquals", "aws:MultiFactorAuthAge", "600", true)]
    [InlineData("NumericGreaterThan", "aws:MultiFactorAuthAge", "599", true)]
    [InlineData("NumericGreaterThan", "aws:MultiFactorAuthAge", "600", false)]
    [InlineData("NumericGreaterThanEquals", "aws:MultiFactorAuthAge", "600", true)]
    [InlineData("NumericGreaterThanEquals", "aws:MultiFactorAuthAge", "601", false)]
    [InlineData("NumericEquals", "aws:MultiFactorAuthAge", "600", true)]
    [InlineData("NumericNotEquals", "aws:MultiFactorAuthAge", "600", false)]
    [InlineData("DateLessThan", "aws:CurrentTime", "\"2026-03-01T08:00:01Z\"", true)]
    [InlineData("DateLessThan", "aws:CurrentTime", "\"2026-03-01T08:00:00Z\"", false)]
    [InlineData("DateGreaterThan", "aws:CurrentTime", "\"2026-03-01T07:59:59Z\"", true)]
    [InlineData("ForAllValues:StringEquals", "aws:TagKeys", "[\"team\",\"cost\",\"x\"]", true)]
    [InlineData("ForAllValues:StringEquals", "aws:TagKeys", "[\"team\"]", false)]
    [InlineData("ForAllValues:StringEquals", "aws:absent", "[\"team\"]", true)]
    [InlineData("ForAnyValue:StringEquals", "aws:TagKeys", "[\"team\"]", true)]
    [InlineData("ForAnyValue:StringEquals", "aws:TagKeys", "[\"x\"]", false)]
    [InlineData("ForAnyValue:StringEquals", "aws:absent", "[\"x\"]", false)]
    public void Condition_holds_by_its_operator(string comparison, string key, string values, bool holds) =>
        Assert.Equal(
            holds, Allows(Statement($$""" "Action":"*","Resource":"*","Condition":{"{{comparison}}":{"{{key}}": {{values}} } }""")));

    [Fact]
    public void Conditions_all_have_to_hold()
    {
        const string policy = """
            {
              "Statement": {
                "Effect": "Allow", "Action": "*", "Resource": "*",
                "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" }, "NumericLessThan": { "aws:MultiFactorAuthAge": "LIMIT" } }
              }
            }
            """;

        Assert.True(Allows(policy.Replace("LIMIT", "700", StringComparison.Ordinal)));
        Assert.False(Allows(policy.Replace("LIMIT", "500", StringComparison.Ordinal)));
    }

    [Fact]
    public void Denial_outweighs_a_permission_of_the_same_policy_and_of_another()
    {
        const string allow = """{"Effect":"Allow","Action":"*","Resource":"*"}""";
        const string deny = """{"Effect":"Deny","Action":"iam:*","Resource":"*"}""";

        Assert.Equal(Decision.Denied, Decide($$"""{"Statement":[{{allow}},{{deny}}]}"""));
        Assert.Equal(Decision.Denied, PolicyDocument.Decide(
            [PolicyDocument.Parse($$"""{"Statement":[{{allow}}]}"""), PolicyDocument.Parse($$"""{"Statement":[{{deny}}]}""")], Request()));
        Assert.Equal(Decision.Unsaid, Decide("""{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"""));
    }

    [Theory]
    [InlineData("\"*\"", true)]
    [InlineData("{\"AWS\":\"*\"}", true)]
    [InlineData("{\"AWS\":[\"x\",\"123456789012\"]}", true)]
    [InlineData("{\"AWS\":\"arn:aws:iam::123456789012:user/*\"}", false)]
    [InlineData("{\"Service\":\"ec2.amazonaws.com\"}", false)]
    public void Principal_is_a_name_and_no_pattern(string principal, bool matches) =>
        Assert.Equal(matches, Allows(Statement($$""" "Principal":{{principal}},"Action":"*" """)));

    [Theory]
    [InlineData("no json", "This policy contains invalid Json")]
    [InlineData("null", "Syntax errors in policy.")]
    [InlineData("{}", "Syntax errors in policy.")]
    [InlineData("""{"Statement":"x"}""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":{"Action":"*","Resource":"*"}}""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":{"Effect":"Permit","Action":"*","Resource":"*"}}""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":{},"Resource":"*"}}""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Actions":"*"}}""", "Syntax errors in policy.")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"*","Condition":{"Equals":{"a":"b"}}}}""", "Syntax errors in policy.")]
    public void Parse_of_what_is_no_policy_is_refused_in_awss_words(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => PolicyDocument.Parse(text)).Message);

    private static string Statement(string rest) => """{"Statement":{"Effect":"Allow",""" + rest + "}}";

    private static bool Allows(string policy) => Decide(policy) == Decision.Allowed;

    private static Decision Decide(string policy) => PolicyDocument.Parse(policy).Decide(Request());

    private static PolicyRequest Request() =>
        new("iam:ListUsers", "arn:aws:iam::123456789012:user/alice", ["arn:aws:iam::123456789012:user/alice", "123456789012"], Keys);
}

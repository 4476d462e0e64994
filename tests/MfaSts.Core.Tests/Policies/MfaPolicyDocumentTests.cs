using System.Text.Json;
using MfaSts.Errors;
using MfaSts.Policies;
using MfaSts.Profiles;
using MfaSts.Tests.Fakes;
using static MfaSts.Tests.Fakes.PolicyEvaluator.Outcome;

namespace MfaSts.Tests.Policies;

public class MfaPolicyDocumentTests
{
    private const string Alice = "arn:aws:iam::123456789012:user/alice";
    private const string Bob = "arn:aws:iam::123456789012:user/bob";
    private const string Device = "arn:aws:iam::123456789012:mfa/phone";
    private const string Bucket = "arn:aws:s3:::bucket/key";

    private static readonly MfaPolicyDocument Minimal = new();
    private static readonly MfaPolicyDocument SelfService = new() { HasSelfService = true };

    [Theory]
    [InlineData("sts:GetSessionToken", "*", Unsaid)]
    [InlineData("iam:GetUser", Alice, Allowed)]
    [InlineData("iam:ListMFADevices", Alice, Allowed)]
    [InlineData("iam:GetUser", Bob, Unsaid)]
    [InlineData("iam:ListMFADevices", Bob, Unsaid)]
    [InlineData("iam:ListAccessKeys", Alice, Denied)]
    [InlineData("iam:CreateVirtualMFADevice", Device, Denied)]
    [InlineData("iam:EnableMFADevice", Alice, Denied)]
    [InlineData("iam:ListVirtualMFADevices", "*", Denied)]
    [InlineData("sts:AssumeRole", "arn:aws:iam::123456789012:role/admin", Denied)]
    [InlineData("s3:GetObject", Bucket, Denied)]
    [InlineData("ec2:RunInstances", "*", Denied)]
    public void Minimal_WithoutMfa_OnlyWhatLeadsToASessionPasses(string action, string resource, PolicyEvaluator.Outcome expected)
    {
        Assert.Equal(expected, Decide(Minimal, action, resource, hasMfa: null));
        Assert.Equal(expected, Decide(Minimal, action, resource, hasMfa: false));
    }

    [Theory]
    [InlineData("s3:GetObject", Bucket, Unsaid)]
    [InlineData("iam:CreateAccessKey", Alice, Unsaid)]
    [InlineData("iam:GetUser", Alice, Allowed)]
    [InlineData("iam:GetUser", Bob, Unsaid)]
    public void Minimal_WithMfa_NothingIsDeniedAndNothingElseIsGranted(string action, string resource, PolicyEvaluator.Outcome expected) =>
        Assert.Equal(expected, Decide(Minimal, action, resource, hasMfa: true));

    [Theory]
    [InlineData("sts:GetSessionToken", "*", Unsaid, Unsaid)]
    [InlineData("iam:GetUser", Alice, Allowed, Allowed)]
    [InlineData("iam:ListMFADevices", Alice, Allowed, Allowed)]
    [InlineData("iam:GetMFADevice", Alice, Allowed, Allowed)]
    [InlineData("iam:ListVirtualMFADevices", "*", Allowed, Allowed)]
    [InlineData("iam:CreateVirtualMFADevice", Device, Allowed, Allowed)]
    [InlineData("iam:EnableMFADevice", Alice, Allowed, Allowed)]
    [InlineData("iam:ResyncMFADevice", Alice, Allowed, Allowed)]
    [InlineData("iam:DeactivateMFADevice", Alice, Denied, Allowed)]
    [InlineData("iam:CreateAccessKey", Alice, Denied, Allowed)]
    [InlineData("iam:DeleteAccessKey", Alice, Denied, Allowed)]
    [InlineData("iam:UpdateAccessKey", Alice, Denied, Allowed)]
    [InlineData("iam:ListAccessKeys", Alice, Denied, Allowed)]
    [InlineData("iam:GetAccessKeyLastUsed", Alice, Denied, Allowed)]
    [InlineData("iam:ChangePassword", Alice, Denied, Allowed)]
    [InlineData("iam:GetAccountPasswordPolicy", "*", Denied, Allowed)]
    [InlineData("iam:EnableMFADevice", Bob, Unsaid, Unsaid)]
    [InlineData("iam:DeactivateMFADevice", Bob, Denied, Unsaid)]
    [InlineData("iam:CreateAccessKey", Bob, Denied, Unsaid)]
    [InlineData("iam:DeleteAccessKey", Bob, Denied, Unsaid)]
    [InlineData("iam:ChangePassword", Bob, Denied, Unsaid)]
    [InlineData("iam:AttachUserPolicy", Alice, Denied, Unsaid)]
    [InlineData("iam:CreateUser", Alice, Denied, Unsaid)]
    [InlineData("s3:GetObject", Bucket, Denied, Unsaid)]
    public void SelfService_OwnUserAlone_WithMfaButForTheEnrolment(
        string action, string resource, PolicyEvaluator.Outcome without, PolicyEvaluator.Outcome with)
    {
        Assert.Equal(without, Decide(SelfService, action, resource, hasMfa: null));
        Assert.Equal(without, Decide(SelfService, action, resource, hasMfa: false));
        Assert.Equal(with, Decide(SelfService, action, resource, hasMfa: true));
    }

    [Theory]
    [InlineData("s3:GetObject", Unsaid)]
    [InlineData("S3:getobjectacl", Unsaid)]
    [InlineData("s3:PutObject", Denied)]
    [InlineData("ecr:BatchGetImage", Unsaid)]
    [InlineData("ecr:BatchGetImages", Denied)]
    public void Exceptions_WithoutMfa_AreNotDeniedAndNotGranted(string action, PolicyEvaluator.Outcome expected)
    {
        var policy = new MfaPolicyDocument { Exceptions = ["s3:Get*", "ecr:BatchGetImag?"] };

        Assert.Equal(expected, Decide(policy, action, Bucket, hasMfa: null));
        Assert.Equal(Unsaid, Decide(policy, action, Bucket, hasMfa: true));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("*:*")]
    [InlineData("s3")]
    [InlineData("s3:")]
    [InlineData(":GetObject")]
    [InlineData("s*:GetObject")]
    [InlineData("s3:Get Object")]
    [InlineData("s3:Get\"Object")]
    [InlineData("s3:Get:Object")]
    [InlineData("")]
    public void Exceptions_NoAction_IsRefusedWithTheForm(string action)
    {
        var error = Assert.Throws<MfaException>(() => new MfaPolicyDocument { Exceptions = ["s3:GetObject", action] }.ToJson()).Error;

        Assert.Equal(MfaErrorId.PolicyInvalid, error.Id);
        Assert.Contains($"'{action}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("service:Action", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void ToJson_SameExceptionsInAnyOrder_GiveTheSameText()
    {
        string expected = new MfaPolicyDocument { Exceptions = ["a4b:X", "s3:Get*"] }.ToJson();

        Assert.Equal(expected, new MfaPolicyDocument { Exceptions = ["s3:Get*", "a4b:X", "IAM:GETUSER", "s3:get*"] }.ToJson());
    }

    [Fact]
    public void ToJson_Minimal_IsThisText() => Assert.Equal(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "SeeOwnUserAndDevices",
              "Effect": "Allow",
              "Action": [
                "iam:GetUser",
                "iam:ListMFADevices"
              ],
              "Resource": "arn:aws:iam::*:user/${aws:username}"
            },
            {
              "Sid": "DenyAllElseWithoutMfa",
              "Effect": "Deny",
              "NotAction": [
                "iam:GetUser",
                "iam:ListMFADevices",
                "sts:GetSessionToken"
              ],
              "Resource": "*",
              "Condition": {
                "BoolIfExists": {
                  "aws:MultiFactorAuthPresent": "false"
                }
              }
            }
          ]
        }
        """.ReplaceLineEndings("\n"),
        Minimal.ToJson());

    [Fact]
    public void ToJson_Compressed_IsTheSameWithoutWhiteSpace()
    {
        string text = SelfService.ToJson(isCompressed: true);

        Assert.DoesNotContain(text, char.IsWhiteSpace);
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(SelfService.ToJson()).RootElement, JsonDocument.Parse(text).RootElement));
    }

    [Fact]
    public void ToJson_EachPartition_StandsInEveryArn()
    {
        Assert.Equal(["aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov"], Partition.Names);
        foreach (string name in Partition.Names)
        {
            string[] arns =
                [.. new MfaPolicyDocument
                {
                    HasSelfService = true,
                    Partition = Partition.Named(name)!,
                }.ToJson().Split('"').Where(text => text.StartsWith("arn:", StringComparison.Ordinal))];

            Assert.Equal(5, arns.Length);
            Assert.All(arns, arn => Assert.StartsWith($"arn:{name}:iam::*:", arn, StringComparison.Ordinal));
        }

        Assert.Null(Partition.Named("azure"));
    }

    [Fact]
    public void ToJson_LongerThanIamTakes_IsRefusedAtTheVeryCharacter()
    {
        int own = Minimal.ToJson(isCompressed: true).Length;

        // One more exception is its text, two quotes and a comma.
        var longest = new MfaPolicyDocument { Exceptions = ["s3:" + new string('x', 6144 - own - 6)] };
        Assert.Equal(6144, longest.ToJson(isCompressed: true).Length);
        Assert.True(longest.ToJson().Length > 6144);
        var error = Assert.Throws<MfaException>(() => new MfaPolicyDocument { Exceptions = [longest.Exceptions[0] + "x"] }.ToJson()).Error;

        Assert.Equal((MfaErrorId.PolicyInvalid, MfaErrorCategory.LimitsExceeded), (error.Id, error.Category));
        Assert.Contains("6145", error.Message, StringComparison.Ordinal);
    }

    private static PolicyEvaluator.Outcome Decide(MfaPolicyDocument policy, string action, string resource, bool? hasMfa) =>
        new PolicyEvaluator(policy.ToJson()).Decide(action, resource, hasMfa, "alice");
}

using MfaSts.Errors;

namespace MfaSts.Tests;

public class DeviceArnTests
{
    [Theory]
    [InlineData("arn:aws:iam::123456789012:mfa/alice")]
    [InlineData("arn:aws-us-gov:iam::123456789012:mfa/path/alice@x+y=z,1.2-3_4")]
    [InlineData("arn:aws-cn:iam::123456789012:mfa/alice")]
    [InlineData("arn:aws-eusc:iam::123456789012:mfa/alice")]
    [InlineData("arn:aws-iso-b:iam::123456789012:mfa/alice")]
    [InlineData("arn:aws:iam::123456789012:mfa/root-account-mfa-device")]
    [InlineData("GAHT12345678")]
    [InlineData("123456789")]
    public void Require_Device_IsTaken(string serial) => Assert.Equal(serial, DeviceArn.Require("p", serial));

    [Theory]
    [InlineData("12345678", "9 to 256")]
    [InlineData("GAHT 12345678", "9 to 256")]
    [InlineData("GAHT1234567é", "9 to 256")]
    [InlineData("arn:aws:iam::123456789012:mfa/x # c", "line of its own")]
    [InlineData("arn:aws:iam::123456789012:user/alice", "arn:aws:iam::123456789012:mfa/alice")]
    [InlineData("arn:aws-cn:iam::123456789012:user/ops/alice", "often 'arn:aws-cn:iam::123456789012:mfa/alice'")]
    [InlineData("arn:aws-us-gov:iam::123456789012:root", "often 'arn:aws-us-gov:iam::123456789012:mfa/root-account-mfa-device'")]
    [InlineData("arn:aws:iam::123456789012:u2f/user/alice/x", "passkey")]
    [InlineData("arn:aws-us-gov:iam::123456789012:u2f/root-account/x", "passkey")]
    [InlineData("arn:aws:sts::123456789012:assumed-role/admin/alice", "role's session")]
    [InlineData("arn:aws:sts::123456789012:mfa/alice", "not the ARN")]
    [InlineData("arn:aws:iam::123456789012:mfa/", "not the ARN")]
    [InlineData("arn:aws:iam::123456789012:role/x", "not the ARN")]
    [InlineData("arn:aws:iam", "not the ARN")]
    public void Require_NoDevice_IsRefusedWithTheReason(string serial, string why)
    {
        var error = Assert.Throws<MfaException>(() => DeviceArn.Require("p", serial)).Error;

        Assert.Equal(MfaErrorId.SerialNumberInvalid, error.Id);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_Length_IsAtMost256()
    {
        Assert.NotNull(DeviceArn.Require("p", new string('a', 256)));
        Assert.Throws<MfaException>(() => DeviceArn.Require("p", new string('a', 257)));
    }

    [Theory]
    [InlineData("arn:aws:iam::123456789012:mfa/alice", "123456789012")]
    [InlineData("arn:aws:sts::123456789012:mfa/alice", null)]
    [InlineData("arn:aws:iam::12345678901x:mfa/alice", null)]
    [InlineData("arn:aws:iam::12345:mfa/alice", null)]
    [InlineData("GAHT12345678", null)]
    [InlineData(null, null)]
    public void AccountOf_Serial_IsTheArnsAccount(string? serial, string? account) => Assert.Equal(account, DeviceArn.AccountOf(serial));
}

namespace MfaSts.Sandbox.Tests;

public sealed class SandboxRoleTests
{
    [Theory]
    [InlineData(0.99)]
    [InlineData(12.01)]
    public void MaxSessionDuration_outside_of_one_to_twelve_hours_is_refused(double hours)
    {
        var role = new SandboxAccount().AddRole("admin");

        Assert.Throws<ArgumentOutOfRangeException>(() => role.MaxSessionDuration = TimeSpan.FromHours(hours));
        Assert.Equal(TimeSpan.FromHours(1), role.MaxSessionDuration);
    }

    [Fact]
    public void TrustPolicy_that_is_none_is_refused_and_the_old_one_stays()
    {
        var role = new SandboxAccount().AddRole("admin", new SandboxTrust { ExternalId = "x1" });

        Assert.Throws<FormatException>(() => role.TrustPolicy = "{}");
        Assert.Contains("\"sts:ExternalId\":\"x1\"", role.TrustPolicy, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateDefault_has_a_role_that_needs_mfa()
    {
        var role = Assert.Single(SandboxAccount.CreateDefault().Roles);

        Assert.Equal("arn:aws:iam::123456789012:role/admin", role.Arn);
        Assert.Contains("aws:MultiFactorAuthPresent", role.TrustPolicy, StringComparison.Ordinal);
    }
}

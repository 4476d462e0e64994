using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Credentials;

public class AccessKeyTests
{
    [Fact]
    public void Require_UsualKey_IsTaken() => AccessKey.Require("p", ScratchHome.KeyId, ScratchHome.Secret);

    [Theory]
    [InlineData("AKIA1234567890A", ScratchHome.Secret)]
    [InlineData("AKIAIOSFODNN7EXAMPL!", ScratchHome.Secret)]
    [InlineData(" AKIAIOSFODNN7EXAMPLE", ScratchHome.Secret)]
    [InlineData("ASIAIOSFODNN7EXAMPLE", ScratchHome.Secret)]
    [InlineData(ScratchHome.KeyId, "too-short-by-15")]
    [InlineData(ScratchHome.KeyId, "wJalrXUtnFEMI K7MDENG")]
    [InlineData(ScratchHome.KeyId, "wJalrXUtnFEMI#K7MDENG")]
    [InlineData(ScratchHome.KeyId, "wJalrXUtnFEMI;K7MDENG")]
    [InlineData(ScratchHome.KeyId, "wJalrXUtnFEMI\nK7MDENG")]
    [InlineData(ScratchHome.KeyId, "wJalrXUtnFEMIéK7MDENG")]
    [InlineData("", "")]
    public void Require_NoKey_IsRefusedWithoutTellingTheSecret(string id, string secret)
    {
        var error = Assert.Throws<MfaException>(() => AccessKey.Require("p", id, secret)).Error;

        Assert.Equal(MfaErrorId.AccessKeyMalformed, error.Id);
        Assert.True(secret.Length == 0 || !error.ToString().Contains(secret, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(16, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void RequireId_Length_IsThatOfTheReference(int length, bool isTaken) =>
        Assert.Equal(isTaken, Record.Exception(() => AccessKey.RequireId("p", new string('A', length))) is null);
}

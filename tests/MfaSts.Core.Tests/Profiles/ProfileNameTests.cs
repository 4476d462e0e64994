using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Tests.Profiles;

public class ProfileNameTests
{
    [Theory]
    [InlineData("prod")]
    [InlineData("a b")]
    [InlineData("Default")]
    [InlineData("p-long-term")]
    [InlineData("é=:#;")]
    public void Require_NameThatAFileCanHold_IsTaken(string name) => Assert.Equal(name, ProfileName.Require(name));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" p")]
    [InlineData("p\t")]
    [InlineData("a[b")]
    [InlineData("a]b")]
    [InlineData("a\nb")]
    [InlineData("a\u2028b")]
    [InlineData("a\u0085b")]
    [InlineData("DEFAULT")]
    public void Require_NameThatNoFileCanHold_IsRefused(string? name) =>
        Assert.Equal(MfaErrorId.ProfileNameInvalid, Assert.Throws<MfaException>(() => ProfileName.Require(name)).Error.Id);

    [Theory]
    [InlineData("prod")]
    [InlineData("A_z.0@x+y%:/-")]
    [InlineData("default")]
    [InlineData("Default")]
    [InlineData("-sts")]
    public void RequireCreatable_NameThatEverySdkReads_IsTaken(string name) => Assert.Equal(name, ProfileName.RequireCreatable(name));

    [Theory]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a=b")]
    [InlineData("a#b")]
    [InlineData("DEFAULT")]
    [InlineData("p-long-term")]
    [InlineData("p-nomfa")]
    [InlineData("p-sts")]
    public void RequireCreatable_OtherName_IsRefused(string name) =>
        Assert.Equal(MfaErrorId.ProfileNameInvalid, Assert.Throws<MfaException>(() => ProfileName.RequireCreatable(name)).Error.Id);

    [Theory]
    [InlineData("p-sts", "-sts")]
    [InlineData("p-nomfa", "-nomfa")]
    [InlineData("p-long-term", "-long-term")]
    [InlineData("-sts", null)]
    [InlineData("p-STS", null)]
    [InlineData("p", null)]
    public void ReservedSuffix_Section_TellsItsEnd(string section, string? suffix) =>
        Assert.Equal(suffix, ProfileName.ReservedSuffix(section));
}

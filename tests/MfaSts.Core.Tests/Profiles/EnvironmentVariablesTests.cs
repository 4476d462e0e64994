using MfaSts.Profiles;

namespace MfaSts.Tests.Profiles;

public class EnvironmentVariablesTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData(" TRUE ", true)]
    [InlineData("1", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsTrue_Value_IsAsTheSdksReadIt(string? value, bool isTrue) =>
        Assert.Equal(isTrue, new EnvironmentVariables(_ => value).IsTrue("X"));

    [Fact]
    public void Item_EmptyVariable_CountsAsAbsent()
    {
        Assert.Null(new EnvironmentVariables(_ => string.Empty)["X"]);
        Assert.Equal("v", new EnvironmentVariables(name => name == "X" ? "v" : null)["X"]);
    }
}

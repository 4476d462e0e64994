using MfaSts.Roles;

namespace MfaSts.Tests.Roles;

public sealed class Fnv1ATests
{
    // The draft's own test values.
    [Theory]
    [InlineData("", "6c62272e07bb014262b821756295c58d")]
    [InlineData("a", "d228cb696f1a8caf78912b704e4a8964")]
    [InlineData("foobar", "343e1662793c64bf6f0d3597ba446f18")]
    public void Hash_Text_IsThatOfTheDraft(string text, string expected) => Assert.Equal(expected, Fnv1A.Hash(text));
}

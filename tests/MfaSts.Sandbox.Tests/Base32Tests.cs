using System.Text;

namespace MfaSts.Sandbox.Tests;

public sealed class Base32Tests
{
    // RFC 4648, section 10.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Rfc4648_vector_is_encoded_and_decoded(string plain, string encoded)
    {
        Assert.Equal(encoded, Base32.Encode(Encoding.ASCII.GetBytes(plain)));
        Assert.Equal(plain, Encoding.ASCII.GetString(Base32.Decode(encoded)));
    }

    [Fact]
    public void Text_in_lower_case_with_padding_is_decoded() => Assert.Equal("foob"u8, Base32.Decode("mzxw6yq="));

    [Fact]
    public void Text_with_a_foreign_character_is_refused_without_repeating_it()
    {
        var e = Assert.Throws<FormatException>(() => Base32.Decode("MZXW1"));
        Assert.DoesNotContain("MZXW", e.Message, StringComparison.Ordinal);
    }
}

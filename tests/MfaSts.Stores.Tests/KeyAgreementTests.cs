namespace MfaSts.Stores.Tests;

public class KeyAgreementTests
{
    [Fact]
    public void Agree_TwoSides_HaveTheSameKeyAndOpenWhatTheOtherClosed()
    {
        for (int i = 0; i < 20; i++)
        {
            var (one, other) = (new KeyAgreement(), new KeyAgreement());
            Assert.Equal(128, one.PublicKey.Length);
            var mine = new SecretSession("/a", one.Agree(other.PublicKey));
            var theirs = new SecretSession("/b", other.Agree(one.PublicKey));

            var (parameters, value) = mine.Close("secret"u8.ToArray());

            Assert.Equal("secret"u8.ToArray(), theirs.Open(parameters, value));
            Assert.Equal(16, value.Length);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Agree_NumberThatGivesNoSecret_IsRefused(byte number) =>
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => new KeyAgreement().Agree([number]));
}

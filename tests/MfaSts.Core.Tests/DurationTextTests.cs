namespace MfaSts.Tests;

public class DurationTextTests
{
    [Theory]
    [InlineData("12h", 43200)]
    [InlineData("90m", 5400)]
    [InlineData("30s", 30)]
    [InlineData("1h30m", 5400)]
    [InlineData("1d", 86400)]
    [InlineData("1d12h", 129600)]
    [InlineData("12H", 43200)]
    [InlineData(" 12h ", 43200)]
    [InlineData("01:30:00", 5400)]
    [InlineData("1:30", 5400)]
    [InlineData("24:00:00", 86400)]
    [InlineData("36:00:00", 129600)]
    [InlineData("1.12:00:00", 129600)]
    [InlineData("43200", 43200)]
    public void TryParse_LegalForm_IsRead(string text, int seconds)
    {
        Assert.True(DurationText.TryParse(text, out var duration));
        Assert.Equal(seconds, duration.TotalSeconds);
    }

    [Fact]
    public void TryParse_ThousandsOfYears_LosesNoTick()
    {
        Assert.True(DurationText.TryParse("333333333338", out var duration));
        Assert.Equal(333_333_333_338 * TimeSpan.TicksPerSecond, duration.Ticks);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("0h")]
    [InlineData("00:00:00")]
    [InlineData("-1h")]
    [InlineData("1.5h")]
    [InlineData("1h30")]
    [InlineData("30m1h")]
    [InlineData("12 h")]
    [InlineData("12w")]
    [InlineData("01:60:00")]
    [InlineData("1e3")]
    [InlineData("1,000")]
    [InlineData("\u0661\u0662h")]
    [InlineData("\u0661\u0662")]
    [InlineData("NaN")]
    [InlineData("nan")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    [InlineData("99999999999999999999h")]
    [InlineData("999999999999999999999999999999")]
    public void TryParse_OtherText_IsRefused(string? text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData(5400, "1h 30m")]
    [InlineData(129600, "36h")]
    [InlineData(61, "1m 1s")]
    [InlineData(0, "0s")]
    [InlineData(0.9, "0s")]
    public void Format_Span_HasItsUnits(double seconds, string text) =>
        Assert.Equal(text, DurationText.Format(TimeSpan.FromSeconds(seconds)));
}

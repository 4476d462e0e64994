using System.Globalization;
using MfaSts.Sessions;

namespace MfaSts.Tests.Sessions;

public class ExpirationTextTests
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 22, 8, 32, 13, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-11-22T08:32:13Z", "mfasts")]
    [InlineData("2026-11-22 08:32:13", null)]
    [InlineData("2026-11-22 08:32:13", "mfasts")]
    [InlineData("2026-11-22 08:32:13+00:00", null)]
    [InlineData("2026-11-22T09:32:13+01:00", null)]
    [InlineData("2026-11-22T09:32:13+01:00", "awsume")]
    [InlineData("2026-11-22T08:32:13", null)]
    [InlineData("2026-11-22T08:32:13.000Z", null)]
    [InlineData("2026-11-22T08:32:13.000000+00:00", null)]
    [InlineData(" 2026-11-22 08:32:13Z ", null)]
    public void Parse_FormsOfTheTools_AreTheSameMoment(string text, string? manager)
    {
        var parsed = ExpirationText.Parse(text, manager);

        Assert.Equal(Moment, parsed);
        Assert.Equal(TimeSpan.Zero, parsed!.Value.Offset);
    }

    [Fact]
    public void Parse_WithoutZoneByAwsume_IsLocalTime()
    {
        string text = Moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

        Assert.Equal(Moment, ExpirationText.Parse(text, "awsume"));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 8, 32, 13, TimeZoneInfo.Local.GetUtcOffset(Moment)), ExpirationText.Parse("2026-11-22 08:32:13", "awsume"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("1764000000")]
    [InlineData("22/11/2026 08:32:13")]
    [InlineData("2026-11-22")]
    public void Parse_NoTime_IsNull(string? text) => Assert.Null(ExpirationText.Parse(text, null));

    [Theory]
    [InlineData(null, "2026-11-22T08:32:13Z")]
    [InlineData("2020-01-01T00:00:00Z", "2026-11-22T08:32:13Z")]
    [InlineData("2020-01-01 00:00:00", "2026-11-22 08:32:13")]
    [InlineData("junk", "2026-11-22T08:32:13Z")]
    public void FormatLike_Existing_KeepsItsForm(string? existing, string text) =>
        Assert.Equal(text, ExpirationText.FormatLike(existing, Moment.ToOffset(TimeSpan.FromHours(5))));
}

using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

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

    [Theory]
    [InlineData("2026-11-22 08:32:13 UTC")]
    [InlineData("2026-11-22 09:32:13 +0100")]
    [InlineData("2026-11-22 08:32:13 +0000 UTC")]
    [InlineData("2026-11-22 09:32:13.0000000004 +0100 CET m=+0.000012345")]
    [InlineData("2026-11-22 08:32:13.000000000 +0000 UTC m=+3600.1")]
    [InlineData("Sun Nov 22 2026 08:32:13 GMT+0000 (Coordinated Universal Time)")]
    [InlineData("Sun Nov 22 2026 09:32:13 GMT+0100 (Central European Standard Time)")]
    [InlineData("Sun, 22 Nov 2026 08:32:13 GMT")]
    [InlineData("Sun, 22 Nov 2026 09:32:13 +0100")]
    [InlineData("Sunday, 22-Nov-26 08:32:13 UTC")]
    [InlineData("Sun Nov 22 08:32:13 UTC 2026")]
    [InlineData("Sun Nov 22 08:32:13 GMT 2026")]
    [InlineData("Sun 22 Nov 08:32:13 UTC 2026")]
    [InlineData("2026-11-22T08:32:13Z[UTC]")]
    [InlineData("2026-11-22T09:32:13+01:00[Europe/Berlin]")]
    [InlineData("2026-11-22T08:32:13.000000000Z")]
    [InlineData("2026-11-22T08:32:13,000Z")]
    [InlineData("20261122T083213Z")]
    [InlineData("\"2026-11-22T08:32:13Z\"")]
    [InlineData("2026/11/22 08:32:13 +0000")]
    [InlineData("1795336333")]
    [InlineData("1795336333000")]
    [InlineData("1795336333.25")]
    [InlineData("1795336333.0000001")]
    [InlineData("2026-11-22 08:32:13+00")]
    [InlineData("2026-11-22T09:32:13+01")]
    [InlineData("2026-11-22 04:32:13.000 -04")]
    public void Parse_FormsOfOtherLanguages_AreTheSameMoment(string text) =>
        Assert.Equal(Moment, ExpirationText.Parse(text, manager: null));

    [Theory]
    [InlineData("awsume", "2026-11-22T13:32:13Z")]
    [InlineData("mfasts", "2026-11-22T08:32:13Z")]
    public void Parse_WithoutZone_IsLocalTimeOnlyByAwsume(string manager, string expected)
    {
        Assert.SkipUnless(File.Exists("/usr/share/zoneinfo/America/New_York"), "the machine has no time zone data");

        Assert.Equal(
            expected,
            Machine.Run("env", "TZ=America/New_York", Machine.WorkerPath, "worker", "expiration", "2026-11-22 08:32:13", manager)?.Trim());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("tomorrow")]
    [InlineData("17640000")]
    [InlineData("١٧٩٥٣٣٦٣٣٣")]
    [InlineData("1795336333.")]
    [InlineData("1795336333000.5")]
    [InlineData("Sun Nov 22 08:32:13 2026")]
    [InlineData("Sun Nov 22 08:32:13 CET 2026")]
    [InlineData("22 Nov 2026 08:32:13")]
    [InlineData("2026-13-22 08:32:13 UTC")]
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

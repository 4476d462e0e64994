using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Sessions;

public sealed class RenewalPauseTests : IDisposable
{
    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void Until_NeverBegun_IsNull() => Assert.Null(Pause("prod").Until);

    [Fact]
    public void Until_Begun_IsTenMinutesLaterForEveryProcess()
    {
        Pause("prod").Begin();

        Assert.Equal(_clock.Now.AddMinutes(10), Pause("prod").Until);
        Assert.Null(Pause("other").Until);
    }

    [Theory]
    [InlineData(9.9, true)]
    [InlineData(10, false)]
    [InlineData(-10.1, false)]
    public void Until_Later_EndsWithTheTenMinutes(double minutes, bool isOn)
    {
        Pause("prod").Begin();

        _clock.Advance(TimeSpan.FromMinutes(minutes));

        Assert.Equal(isOn, Pause("prod").Until is not null);
    }

    [Fact]
    public void Begin_Again_BeginsAnew()
    {
        Pause("prod").Begin();
        _clock.Advance(TimeSpan.FromMinutes(8));
        Pause("prod").Begin();
        _clock.Advance(TimeSpan.FromMinutes(8));

        Assert.NotNull(Pause("prod").Until);
    }

    private RenewalPause Pause(string profile) => new(_home.Files, profile, _clock);
}

namespace MfaSts.Sandbox.Tests;

public sealed class VirtualMfaDeviceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    // RFC 6238, appendix B (SHA-1): the last six of its eight digits. The seed is its ASCII "12345678901234567890".
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void CodeAt_rfc6238_time_gives_its_code(long unixSeconds, string code) =>
        Assert.Equal(code, Device("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").CodeAt(DateTimeOffset.FromUnixTimeSeconds(unixSeconds)));

    [Fact]
    public void CodeAt_time_of_another_zone_gives_the_code_of_the_same_moment()
    {
        var device = Device();

        Assert.Equal(device.CodeAt(Noon), device.CodeAt(Noon.ToOffset(TimeSpan.FromHours(5.5))));
    }

    [Fact]
    public void AddMfaDevice_with_a_seed_that_is_no_base32_is_refused_without_repeating_it()
    {
        var e = Assert.Throws<ArgumentException>(() => Device("MZXW1ZYB"));

        Assert.DoesNotContain("MZXW", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddMfaDevice_with_a_seed_in_lower_case_is_the_same_device() =>
        Assert.Equal(Device().CodeAt(Noon), Device("jbswy3dpehpk3pxpjbswy3dpehpk3pxp").CodeAt(Noon));

    [Theory]
    [InlineData(0, 30)]
    [InlineData(1, 29)]
    [InlineData(29, 1)]
    public void RemainingAt_second_of_the_window_gives_the_rest(int second, int remaining) =>
        Assert.Equal(TimeSpan.FromSeconds(remaining), VirtualMfaDevice.RemainingAt(Noon.AddSeconds(second)));

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void Accept_code_of_a_window_near_by_holds_for_one_either_way(int windows, bool accepted)
    {
        var device = Device();

        Assert.Equal(accepted, device.Accept(device.CodeAt(Noon + (windows * Window)), Noon));
    }

    [Fact]
    public void Accept_spent_code_is_refused_in_its_window_and_the_next()
    {
        var device = Device();
        string code = device.CodeAt(Noon);

        Assert.True(device.Accept(code, Noon));
        Assert.False(device.Accept(code, Noon));
        Assert.False(device.Accept(code, Noon + Window));
    }

    [Fact]
    public void Accept_next_code_after_a_spent_one_holds()
    {
        var device = Device();
        Assert.True(device.Accept(device.CodeAt(Noon), Noon));

        Assert.True(device.Accept(device.CodeAt(Noon + Window), Noon + Window));
    }

    [Fact]
    public async Task Accept_one_code_from_many_threads_holds_once()
    {
        var device = Device();
        string code = device.CodeAt(Noon);

        bool[] accepted = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => device.Accept(code, Noon))));

        Assert.Single(accepted, held => held);
    }

    // A fixed seed: with a random one, two windows near each other would share a code once in a few hundred thousand runs.
    private static VirtualMfaDevice Device(string seed = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP") =>
        new SandboxAccount().AddUser("alice").AddMfaDevice("phone", seed);
}

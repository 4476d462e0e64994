using System.Globalization;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests;

public sealed class ExitCodeTests
{
    [Fact]
    public void Every_error_keeps_its_exit_code()
    {
        string[] approved = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "approved", "exit-codes.txt"));

        Assert.Equal(
            approved, Enum.GetValues<MfaErrorId>().Select(id => string.Create(CultureInfo.InvariantCulture, $"{ExitCodes.Of(id)} {id}")));
    }

    [Fact]
    public void No_two_failures_share_a_code_and_none_looks_like_a_signal()
    {
        int[] codes =
        [
            ExitCodes.Success, ExitCodes.NotUsable, ExitCodes.Usage, ExitCodes.NotExecutable, ExitCodes.NotFound, ExitCodes.HungUp,
            ExitCodes.Interrupted, ExitCodes.Terminated,
            .. Enum.GetValues<MfaErrorId>().Select(ExitCodes.Of),
        ];

        Assert.Equal(codes.Length, codes.Distinct().Count());
        Assert.All(Enum.GetValues<MfaErrorId>(), id => Assert.InRange(ExitCodes.Of(id), 10, 125));
    }
}

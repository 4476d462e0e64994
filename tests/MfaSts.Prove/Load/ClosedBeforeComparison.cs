using System.Globalization;
using MfaSts.Prove.Faults;

namespace MfaSts.Prove.Load;

/// <summary>
/// The guarantee to the letter: a foreign update that was closed before our last comparison is kept. Our update is held there to let one
/// come.
/// </summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal static class ClosedBeforeComparison
{
    public static async Task RunAsync(Proof proof)
    {
        if (await Strace.MissingAsync() is { } missing)
        {
            proof.Skip("a foreign update closed before our last comparison", missing);
            return;
        }

        await MeetAsync(
            proof,
            "a foreign update that locks nothing",
            home => Task.Run(() => ForeignWriter.Append(home.CredentialsPath, "foreign", TimeSpan.FromMilliseconds(20))),
            400);
        if (await Child.CanAsync("sh", "-c", "aws --version"))
        {
            await MeetAsync(
                proof,
                "an aws configure set",
                home => Child.RunAsync(
                    ["aws", "configure", "set", "aws_access_key_id", "AKIA", "--profile", "foreign"],
                    new Dictionary<string,
                    string>
                    { ["HOME"] = home.Root }),
                6000);
        }
    }

    private static async Task MeetAsync(Proof proof, string who, Func<ScratchHome, Task> foreign, int milliseconds)
    {
        using var home = new ScratchHome();
        var layout = Layout.All[0];
        layout.Prepare(home);
        var running =
            Strace.RunAsync(layout, home, string.Create(CultureInfo.InvariantCulture, $"fsync:delay_exit={milliseconds * 1000}:when=1"));
        while (!running.IsCompleted && !home.Leftovers.Any())
        {
            await Task.Delay(2);
        }

        bool isBetween = !running.IsCompleted;
        await foreign(home);
        isBetween &= !running.IsCompleted;
        var (worker, _) = await running;
        var document = home.Shared.Read();
        string replay =
            string.Create(CultureInfo.InvariantCulture, $"{who}: {worker.ExitCode} {worker.Output.Trim()}, between: {isBetween}");
        proof.Require(isBetween, "the foreign update comes between our read and our comparison", replay);
        proof.Require(document.Find("foreign") is not null, "a foreign update that was closed before our last comparison is kept", replay);
        proof.Require(document.Find("new") is not null, "and ours comes after it", replay);
        proof.Count("foreign updates between our read and our last comparison, kept together with ours");
    }
}

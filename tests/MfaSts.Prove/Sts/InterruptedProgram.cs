using System.Diagnostics;
using System.Globalization;
using MfaSts.Aws.Tests;

namespace MfaSts.Prove.Sts;

/// <summary>The program itself, stopped while STS keeps it waiting.</summary>
internal static class InterruptedProgram
{
    private const int Interrupted = 130;

    public static async Task RunAsync(Proof proof)
    {
        if (OperatingSystem.IsWindows())
        {
            proof.Skip("mfasts stopped by Ctrl+C", "signals are Unix's");
            return;
        }

        await using var endpoint = new ScriptedEndpoint(c => c.HoldAsync());
        using var home = new ScratchHome();
        const string keys =
            "[prod-long-term]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = "
                + "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\naws_mfa_device = arn:aws:iam::123456789012:mfa/alice\n";
        ScratchHome.Write(home.CredentialsPath, keys);
        var variables =
            new Dictionary<string, string>
            {
                ["HOME"] = home.Root,
                ["AWS_ENDPOINT_URL"] = endpoint.Url.GetLeftPart(
                UriPartial.Authority),
                ["AWS_REGION"] = "us-east-1"
            };
        using var program = Child.Start([.. Child.Mfasts, "login", "prod", "--token-code", "123456"], variables);
        while (endpoint.Requests.Count == 0 && !program.HasExited)
        {
            await Task.Delay(10);
        }

        long start = Stopwatch.GetTimestamp();
        using var kill = Child.Start(["kill", "-INT", program.Id.ToString(CultureInfo.InvariantCulture)]);
        var ended = await Child.EndAsync(program);
        var time = Stopwatch.GetElapsedTime(start);
        string text = await File.ReadAllTextAsync(home.CredentialsPath);
        string replay =
            string.Create(CultureInfo.InvariantCulture, $"mfasts login: {ended.ExitCode}, {time.TotalMilliseconds:0} ms, {ended.Errors}");
        proof.Say(
            "mfasts, waiting for STS, ends after Ctrl+C", string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms"));
        proof.Require(ended.ExitCode == Interrupted && text == keys, "Ctrl+C ends mfasts with nothing half done", replay);
        proof.RequireWithin(
            TimeSpan.FromMilliseconds(Child.NativeMfasts is null ? 1000 : 200),
            time,
            "Ctrl+C ends mfasts within 200 ms (a second where dotnet runs it)",
            replay);
    }
}

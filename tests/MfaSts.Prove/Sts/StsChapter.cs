using System.Diagnostics;
using System.Globalization;
using MfaSts.Aws;
using MfaSts.Aws.Tests;
using MfaSts.Errors;
using MfaSts.Sts;

namespace MfaSts.Prove.Sts;

/// <summary>Whatever the network does: the right error in time, a code sent once at most, and Ctrl+C at once.</summary>
internal static class StsChapter
{
    private const string Secret = "S3cr3t/Key+ThatMustNotBeSeen=Anywhere000";
    private const string Code = "914827";
    private const string Serial = "arn:aws:iam::123456789012:mfa/anna";

    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync(Proof proof)
    {
        await WarmUpAsync();
        var slowestStop = TimeSpan.Zero;
        foreach (var fault in StsFault.All)
        {
            await TellAsync(proof, fault);
            if (fault.Stalls)
            {
                var stop = await StopAsync(proof, fault);
                slowestStop = stop > slowestStop ? stop : slowestStop;
            }
        }

        proof.Say(
            "slowest end of a call after Ctrl+C", string.Create(CultureInfo.InvariantCulture, $"{slowestStop.TotalMilliseconds:0} ms"));
        await InterruptedProgram.RunAsync(proof);
    }

    // The SDK loads for half a second, which is not what is measured.
    private static async Task WarmUpAsync()
    {
        await using var endpoint = ScriptedEndpoint.Answering("200 OK", Answers.Session());
        await SendAsync(endpoint.Url, TimeSpan.FromSeconds(20), CancellationToken.None);
    }

    private static Task<StsAnswer<TemporaryCredential>> SendAsync(Uri url, TimeSpan limit, CancellationToken stop) =>
        new AwsGateway().GetSessionTokenAsync(
        new StsCall
        {
            Profile = "prod",
            AccessKeyId = "AKIAEXAMPLEEXAMPLE34",
            SecretAccessKey = Secret,
            Region = "eu-central-1",
            EndpointUrl = url,
            Timeout = limit,
        },
        Serial, Code, TimeSpan.FromHours(1), stop);

    private static async Task TellAsync(Proof proof, StsFault fault)
    {
        var (url, requests, owner) = fault.Open();
        await using var owned = owner;
        long start = Stopwatch.GetTimestamp();
        string told = "no error";
        try
        {
            await SendAsync(url, CallLimit, CancellationToken.None);
        }
        catch (MfaException e)
        {
            told = e.Error.Id.ToString();
            proof.Require(e.Error.Remedy.Length > 0, "an error has a remedy", fault.Name);
            proof.Require(
                !e.ToString().Contains(Secret, StringComparison.Ordinal) && !e.ToString().Contains(Code, StringComparison.Ordinal),
                "an error shows no secret",
                fault.Name);
        }

        var time = Stopwatch.GetElapsedTime(start);
        proof.Count("STS faults told right", told == fault.Expected.ToString() ? 1 : 0);
        proof.Require(told == fault.Expected.ToString(), $"it is told as {fault.Expected}", $"{fault.Name}: {told}");
        proof.RequireWithin(
            CallLimit + Slack,
            time,
            "the time limit holds",
            string.Create(CultureInfo.InvariantCulture, $"{fault.Name}: {time.TotalMilliseconds:0} ms"));
        proof.Require(
            requests() <= 1, "a code is sent once at most", string.Create(CultureInfo.InvariantCulture, $"{fault.Name}: {requests()}"));
        proof.Count("requests that carried the code more than once", requests() > 1 ? 1 : 0);
    }

    private static async Task<TimeSpan> StopAsync(Proof proof, StsFault fault)
    {
        var (url, _, owner) = fault.Open();
        await using var owned = owner;
        using var stop = new CancellationTokenSource();
        var call = SendAsync(url, TimeSpan.FromSeconds(20), stop.Token);
        await Task.Delay(300);
        long start = Stopwatch.GetTimestamp();
        await stop.CancelAsync();
        bool isStopped = false;
        try
        {
            await call;
        }
        catch (OperationCanceledException)
        {
            isStopped = true;
        }
        catch (MfaException)
        {
            // Not what the caller asked for: told below.
        }

        var time = Stopwatch.GetElapsedTime(start);
        proof.Count("stalls ended by Ctrl+C", isStopped ? 1 : 0);
        proof.Require(isStopped, "Ctrl+C ends a call", fault.Name);
        proof.RequireWithin(
            StopLimit,
            time,
            "Ctrl+C ends a call within 200 ms",
            string.Create(CultureInfo.InvariantCulture, $"{fault.Name}: {time.TotalMilliseconds:0} ms"));
        return time;
    }
}

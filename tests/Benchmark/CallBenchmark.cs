using MfaSts.Sandbox;

namespace MfaSts.Benchmark;

/// <summary>Get-MfaSessionToken: a call that goes to STS, and calls that find a stored session.</summary>
internal static class CallBenchmark
{
    private const int LaterCalls = 50;

    private const string ColdScript = """
        Import-Module $env:MODULE
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $null = Get-MfaSessionToken -Profile $env:NAME -TokenCode $env:CODE
        $watch.Elapsed.TotalMilliseconds
        """;

    private const string CachedScript = FreshPwsh.ImportToMeasure + """
        $times = foreach ($i in 0..$env:LATER) { Measure-Call { Get-MfaSessionToken -Profile $env:NAME } }
        if ([AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -like 'AWSSDK*' }) {
            throw 'The AWS SDK was loaded.'
        }
        ConvertTo-Json @($times)
        """;

    public static async Task RunAsync(int runs)
    {
        await using var server = await SandboxServer.StartAsync();
        using var scratch = new Scratch();
        RunCold(server, scratch, 0);
        Samples cold = new(Enumerable.Range(1, runs).Select(i => RunCold(server, scratch, i)));
        double[][] cached = [.. Enumerable.Range(0, runs).Select(_ => RunCached(server, scratch))];

        Report.Begin("Get-MfaSessionToken, in a fresh pwsh", "call", "ms");
        Report.Row("first call, session stored, no AWSSDK loaded", new Samples(cached.Select(times => times[0])).ToString());
        Report.Row("later calls in that process", new Samples(cached.SelectMany(times => times.Skip(1))).ToString());
        Report.Row("first call, session from STS on loopback", cold.ToString());
    }

    // A user for each run, since a device's code is taken once.
    private static double RunCold(SandboxServer server, Scratch scratch, int number)
    {
        string name = NameOf(number);
        var user = server.Account.AddUser(name);
        user.AddAccessKey();
        var device = user.AddMfaDevice(name);
        scratch.Store(name, user);
        return FreshPwsh.Run<double>(
            ColdScript,
            [
                .. scratch.Environment,
                ("AWS_ENDPOINT_URL", server.Endpoint.ToString()),
                ("NAME", name),
                ("CODE", device.CodeAt(TimeProvider.System.GetUtcNow())),
            ]);
    }

    // With the endpoint that the session came from: it is used nowhere else.
    private static double[] RunCached(SandboxServer server, Scratch scratch) => FreshPwsh.Run<double[]>(
        CachedScript,
        [
            .. scratch.Environment,
            ("AWS_ENDPOINT_URL", server.Endpoint.ToString()),
            ("NAME", NameOf(0)),
            ("LATER", LaterCalls.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ]);

    private static string NameOf(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"user{number}");
}

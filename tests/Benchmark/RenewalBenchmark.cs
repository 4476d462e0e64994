namespace MfaSts.Benchmark;

/// <summary>The line of <c>$PROFILE</c>, and what its hook costs each lookup of a command.</summary>
internal static class RenewalBenchmark
{
    private const string Profile = "renewed";

    private const string LineScript = FreshPwsh.ImportToMeasure + """
        Measure-Call { Use-MfaSession $env:NAME -Renew }
        """;

    // Calls of an empty function are little but their lookup. In turn, so that a slow minute of the machine is slow for both.
    private const string LookupScript = """
        Import-Module $env:MODULE
        function Nothing { }
        function Measure-Lookup {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            foreach ($i in 1..50000) { Nothing }
            $watch.Elapsed.TotalMicroseconds / 50000
        }
        $hook = $ExecutionContext.InvokeCommand
        Use-MfaSession $env:NAME -Renew
        $ours = $hook.PreCommandLookupAction
        $null = Measure-Lookup
        ConvertTo-Json @(foreach ($round in 1..8) {
            $hook.PreCommandLookupAction = $null; $without = Measure-Lookup
            $hook.PreCommandLookupAction = $ours; (Measure-Lookup) - $without
        })
        """;

    public static void Run(int runs)
    {
        using var scratch = new Scratch();
        scratch.Store(Profile, "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "arn:aws:iam::123456789012:mfa/alice");
        File.AppendAllText(scratch.Files.Credentials.Path, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""

            [{Profile}]
            aws_access_key_id = ASIAIOSFODNN7EXAMPLE
            aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
            aws_session_token = token
            expiration = {DateTime.UtcNow.AddHours(6):yyyy-MM-dd'T'HH:mm:ss'Z'}
            manager = mfasts

            """));
        File.SetLastWriteTimeUtc(scratch.Files.Credentials.Path, DateTime.UtcNow.AddHours(-6));
        (string, string)[] environment = [.. scratch.Environment, ("NAME", Profile)];
        Samples line = new(Enumerable.Range(0, runs).Select(_ => FreshPwsh.Run<double>(LineScript, environment)));
        Samples lookup =
            new(Enumerable.Range(0, Math.Max(1, runs / 8)).SelectMany(_ => FreshPwsh.Run<double[]>(LookupScript, environment)));

        Report.Begin("Use-MfaSession -Renew", "what", "time");
        Report.Row("the line in $PROFILE, after import, session stored", line + " ms");
        Report.Row("what the hook adds to the lookup of a command", lookup + " µs");
    }
}

using System.Text;

namespace MfaSts.Cli.Tests.Support;

/// <summary>The program in this process, with everything outside it faked but the files.</summary>
internal sealed class ProgramUnderTest : IDisposable
{
    internal ProgramUnderTest() => Sts = new FakeSts(Clock);

    internal TestHome Home { get; } = new();

    internal SettableClock Clock { get; } = new();

    internal FakeSts Sts { get; }

    internal FakeTerminal Terminal { get; } = new();

    /// <summary>The entries of the system's store.</summary>
    internal FakeKeyStore System { get; } = new();

    internal string Input { get; set; } = string.Empty;

    public void Dispose() => Home.Dispose();

    /// <summary>Stores long-term keys and a session with this much left.</summary>
    internal DateTimeOffset Store(TimeSpan remaining, string profile = "prod")
    {
        var expiration = Clock.GetUtcNow() + remaining;
        Home.Credentials = TestHome.LongTerm(profile) + "\n" + TestHome.Session(profile, expiration);
        return expiration;
    }

    /// <summary>A config file in which the profile has an mfa_process that counts its runs.</summary>
    internal void ConfigureCodeCommand(string command = "echo 123456", string more = "") =>
        Home.Config = $"[profile prod]\nmfa_process = echo x >> '{Home.At("runs")}'; {command}\n{more}";

    internal int CodeCommandRuns => File.Exists(Home.At("runs")) ? File.ReadAllLines(Home.At("runs")).Length : 0;

    internal async Task<Ended> RunAsync(params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var host = Host(output, error);
        int exitCode = await new Application(host).RunAsync(args, TestContext.Current.CancellationToken);
        return new Ended(exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>What the program meets.</summary>
    internal CliHost Host(Stream output, TextWriter error) => new()
    {
        Variables = Home.Environment,
        Files = Home.Files,
        Aws = () => Sts,
        Output = output,
        Error = error,
        Input = () => new StringReader(Input),
        Terminal = Terminal,
        Clock = Clock,
        SystemStore = _ => System,
    };
}

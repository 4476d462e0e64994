using System.Diagnostics;
using System.Globalization;
using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests.Processes;

/// <summary><c>exec --serve</c>: a command that takes its keys from an endpoint.</summary>
public sealed class ExecServeTests : IDisposable
{
    private const string Ask =
        "python3 -c 'import os,urllib.request as u; print(u.urlopen(u.Request(os.environ[\"AWS_CONTAINER_CREDENTIALS_FULL_URI\"], "
            + "headers={\"Authorization\": os.environ[\"AWS_CONTAINER_AUTHORIZATION_TOKEN\"]})).read().decode())'";

    private readonly TestHome _home = new();

    public ExecServeTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the commands are Unix's");
        _home.Variables["XDG_RUNTIME_DIR"] = _home.At("run");
        Directory.CreateDirectory(_home.At("run"));
        _home.Config = "[profile prod]\nregion = eu-central-1\n[profile other]\nregion = us-east-1\n";
        _home.Credentials = TestHome.Session("prod", TimeProvider.System.GetUtcNow().AddHours(1));
    }

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Command_gets_the_keys_from_the_endpoint_and_finds_none_elsewhere()
    {
        string[] removed =
        [
            "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN", "AWS_CREDENTIAL_EXPIRATION",
            "AWS_ACCOUNT_ID", "AWS_CREDENTIAL_SCOPE", "AWS_DEFAULT_PROFILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN", "AWS_ROLE_SESSION_NAME",
            "AWS_CREDENTIAL_FILE", "AWS_SDK_LOAD_CONFIG",
        ];
        foreach (string name in removed)
        {
            _home.Variables[name] = "hides";
        }

        _home.Variables["AWS_PROFILE"] = "other";

        var ended = await RunAsync($"env -0; echo; cat \"$AWS_CONFIG_FILE\"; {Ask}");

        Assert.Equal((0, string.Empty), (ended.ExitCode, ended.Error));
        string[] parts = ended.Output.Split('\0');
        var variables = parts[..^1].Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.DoesNotContain(variables.Keys, removed.Contains);
        Assert.Equal(
            ("mfasts-serve", "prod", "eu-central-1", "eu-central-1"),
            (variables["AWS_PROFILE"], variables["MFASTS_PROFILE"], variables["AWS_REGION"], variables["AWS_DEFAULT_REGION"]));
        Assert.Contains("127.0.0.1", variables["NO_PROXY"].Split(','));
        Assert.Contains("127.0.0.1", variables["no_proxy"].Split(','));
        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/prod$", variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"]);
        Assert.Contains(
            "[profile other]\nregion = us-east-1\n\n[profile mfasts-serve]\nregion = eu-central-1\n", parts[^1], StringComparison.Ordinal);
        Assert.Contains("\"AccessKeyId\":\"ASIASTORED0000000001\"", parts[^1], StringComparison.Ordinal);
        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Exit_code_is_the_commands() =>
        Assert.Equal(new Ended(37, "out", "err"), await RunAsync("printf out; printf err >&2; exit 37"));

    [Fact]
    public async Task Command_takes_the_programs_place_and_has_no_child()
    {
        using var process = Start($"echo $$; ps -o pid= --ppid $$ | wc -l; {Ask} > /dev/null; ps -o comm= --ppid $$");
        var ended = await Mfasts.EndAsync(process);

        // ps itself, and wc or nothing beside it.
        string[] lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(($"{process.Id}", "ps"), (lines[0], Assert.Single(lines[2..])));
    }

    [Fact]
    public async Task Nested_program_works_for_the_served_profile() =>
        Assert.Contains(
            "prod",
            (await RunAsync($"{string.Join(' ', Mfasts.Command)} status")).Output,
            StringComparison.Ordinal);

    [Fact]
    public async Task Command_that_is_not_there_is_127_and_leaves_nothing()
    {
        (await Mfasts.RunAsync(_home, "exec", "prod", "--serve", "--", "no-such-command")).Failed(127);

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Killed_command_leaves_nothing()
    {
        using var process = Start("echo ready; exec sleep 600");
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        await AssertNothingIsLeftAsync();
    }

    [Fact]
    public async Task Killed_endpoint_leaves_nothing_and_the_command_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");
        using var process = Start($"{Ask} > /dev/null; echo ready; read line; echo \"went on\"");
        await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

        int endpoint = Assert.Single(Endpoints());
        using (var keeper = Process.GetProcessById(endpoint))
        {
            keeper.Kill();
        }

        await AssertNothingIsLeftAsync();
        await process.StandardInput.WriteLineAsync("go");
        Assert.Equal("went on\n", (await Mfasts.EndAsync(process)).Output);
    }

    [Fact]
    public async Task Endpoint_ends_with_the_command_though_a_background_process_goes_on()
    {
        var ended = await RunAsync("sleep 600 > /dev/null 2>&1 & echo $!");

        await AssertNothingIsLeftAsync();
        using var left = Process.GetProcessById(int.Parse(ended.Output, CultureInfo.InvariantCulture));
        left.Kill();
    }

    [Fact]
    public async Task Token_and_keys_are_in_no_processes_arguments()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "reads /proc");

        var ended = await RunAsync(
            $"{Ask} > /dev/null; cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' "
                + $"| grep -c -e \"$AWS_CONTAINER_AUTHORIZATION_TOKEN\" -e '{TestHome.SessionToken}'; exit 0");

        // The one that looks has them in its own.
        Assert.Equal("1\n", ended.Output);
    }

    [Fact]
    public async Task Command_finds_a_broken_pipes_signal_as_ever()
    {
        (await Mfasts.RunProgramAsync(_home, "sh", "-c", $"{string.Join(' ', Mfasts.Command)} exec prod --serve -- yes | head -n 1"))
            .Gave("y\n");
        await AssertNothingIsLeftAsync();
    }

    private Task<Ended> RunAsync(string script) => Mfasts.RunAsync(_home, "exec", "prod", "--serve", "--", "sh", "-c", script);

    private Process Start(string script) => Mfasts.Start(_home, [.. Mfasts.Command, "exec", "prod", "--serve", "--", "sh", "-c", script]);

    // The endpoints of this test, known by its folder in their environment.
    private List<int> Endpoints() =>
    [
        .. Directory.EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out int process) ? process : 0)
            .Where(process => process != 0 && Read(process, "cmdline").EndsWith("--keep-endpoint\0", StringComparison.Ordinal)
                && !Read(process, "cmdline").StartsWith("/bin/sh", StringComparison.Ordinal)
                && Parent(process) is var shell && Read(shell, "cmdline").Contains(_home.Root, StringComparison.Ordinal)),
    ];

    private static int Parent(int process) => Read(process, "stat") is { Length: > 0 } text
        ? int.Parse(text[(text.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture)
        : 0;

    private static string Read(int process, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return string.Empty;
        }
    }

    // It ends a moment after the command.
    private async Task AssertNothingIsLeftAsync()
    {
        while (Directory.EnumerateFiles(_home.At("run"), "*", SearchOption.AllDirectories).Any()
            || (OperatingSystem.IsLinux() && Endpoints().Count > 0))
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}

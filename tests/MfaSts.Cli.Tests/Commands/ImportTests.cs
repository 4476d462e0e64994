using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Commands;

public sealed class ImportTests : IDisposable
{
    private const string KeyId = "AKIAIOSFODNN7EXAMPLE";

    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Keys_move_to_where_MfaSts_keeps_them()
    {
        _program.Home.Credentials = "# mine\n" + Keys("prod-nomfa") + $"aws_mfa_serial = {TestHome.Device}\nregion = x\n";
        string path = _program.Home.CredentialsPath;

        (await _program.RunAsync("import", "prod"))
            .Gave(string.Empty, $"Moved {KeyId} from [prod-nomfa] in '{path}' to [prod-long-term] in '{path}'.\n");

        Assert.Equal(
            $"# mine\n[prod-nomfa]\nregion = x\n\n{Keys("prod-long-term")}aws_mfa_device = {TestHome.Device}\n",
            _program.Home.Credentials);
    }

    [Fact]
    public async Task Dry_run_writes_nothing()
    {
        _program.Home.Credentials = Keys("prod");

        var ended = await _program.RunAsync("import", "--all", "--dry-run");

        Assert.StartsWith($"Would move {KeyId} from [prod] ", ended.Error, StringComparison.Ordinal);
        Assert.Equal((0, Keys("prod")), (ended.ExitCode, _program.Home.Credentials));
    }

    [Fact]
    public async Task One_that_cannot_be_moved_keeps_no_other_from_it()
    {
        string torn = Keys("a-long-term").Replace(KeyId, "AKIAANOTHERKEY000000", StringComparison.Ordinal) + Keys("a");
        _program.Home.Credentials = torn + Keys("b");

        var ended = await _program.RunAsync("import", "--all");

        Assert.Equal(ExitCodes.Of(MfaErrorId.LongTermCredentialAmbiguous), ended.ExitCode);
        Assert.Contains($"{KeyId} in [a]", ended.Error, StringComparison.Ordinal);
        Assert.Equal(torn + "\n" + Keys("b-long-term"), _program.Home.Credentials);
    }

    [Fact]
    public async Task Nothing_to_move_is_said() =>
        (await _program.RunAsync("import", "--all")).Gave(string.Empty, "No long-term access key was found.\n");

    [Fact]
    public async Task Keys_in_their_place_are_said_to_be_there()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");

        (await _program.RunAsync("import", "prod"))
            .Gave(string.Empty, "The long-term access key of profile 'prod' is already in the right place.\n");
    }

    [Fact]
    public async Task A_profile_without_keys_is_not_found() =>
        (await _program.RunAsync("import", "nobody")).Failed(ExitCodes.Of(MfaErrorId.LongTermCredentialNotFound));

    [Theory]
    [InlineData("--all", "prod")]
    [InlineData("--all", "--csv", "x.csv")]
    [InlineData("prod", "--dry-run", "--csv", "x.csv")]
    public async Task What_does_not_go_together_is_a_usage_error(params string[] options) =>
        Assert.Equal(ExitCodes.Usage, (await _program.RunAsync(["import", .. options])).ExitCode);

    [Fact]
    public async Task Keys_of_a_csv_file_are_stored_and_the_file_goes_when_told_to()
    {
        string path = Path.Combine(Path.GetDirectoryName(_program.Home.CredentialsPath)!, "accessKeys.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(
            path, $"Access key ID,Secret access key\r\n{KeyId},{TestHome.LongTermSecret}\r\n", TestContext.Current.CancellationToken);

        var ended = await _program.RunAsync("import", "prod", "--csv", path);
        Assert.Equal((0, true), (ended.ExitCode, File.Exists(path)));
        Assert.Contains($"'{path}' still holds", ended.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await _program.RunAsync("import", "prod", "--csv", path, "--remove-csv")).ExitCode);

        Assert.False(File.Exists(path));
        Assert.Equal(Keys("prod-long-term"), _program.Home.Credentials);
    }

    [Theory]
    [InlineData("login", "prod", "--token-code", "123456")]
    [InlineData("env", "prod")]
    [InlineData("read", "aws_access_key_id", "prod")]
    public async Task Session_profile_names_the_section(params string[] command)
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");
        _program.Terminal.WillAnswer(() => "123456");

        Assert.Equal(0, (await _program.RunAsync([.. command, "--session-profile", "mfa"])).ExitCode);

        Assert.Contains("\n[mfa]\naws_access_key_id = ASIANEW", _program.Home.Credentials, StringComparison.Ordinal);
        Assert.Contains("\nmfasts_profile = prod\nmfasts_key = ASIANEW", _program.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Session_profile_that_no_file_can_hold_is_a_usage_error() =>
        Assert.Equal(ExitCodes.Usage, (await _program.RunAsync("login", "prod", "--session-profile", "a]b")).ExitCode);

    private static string Keys(string section) =>
        $"[{section}]\naws_access_key_id = {KeyId}\naws_secret_access_key = {TestHome.LongTermSecret}\n";
}

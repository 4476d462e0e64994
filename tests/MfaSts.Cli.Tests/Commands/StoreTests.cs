using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Commands;

public sealed class StoreTests : IDisposable
{
    private const string KeyId = "AKIAIOSFODNN7EXAMPLE";

    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Import_moves_the_secret_there_and_back()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");
        string path = _program.Home.CredentialsPath;

        (await _program.RunAsync("import", "prod", "--store", "system"))
            .Gave(string.Empty, $"Moved {KeyId} from [prod-long-term] in '{path}' to [prod-long-term] in '{path}' and the store System.\n");
        Assert.DoesNotContain(TestHome.LongTermSecret, _program.Home.Credentials, StringComparison.Ordinal);
        Assert.Equal(TestHome.LongTermSecret, _program.System.Entries[KeyId]);

        Assert.Equal(0, (await _program.RunAsync("import", "prod", "--store", "File")).ExitCode);
        Assert.Empty(_program.System.Entries);
        Assert.Contains(TestHome.LongTermSecret, _program.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dry_run_says_where_to_and_moves_nothing()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");

        var ended = await _program.RunAsync("import", "--all", "--store", "System", "--dry-run");

        Assert.Contains("and the store System", ended.Error, StringComparison.Ordinal);
        Assert.Equal(TestHome.LongTerm("prod"), _program.Home.Credentials);
        Assert.Empty(_program.System.Entries);
    }

    [Fact]
    public async Task Login_signs_with_the_secret_of_the_store()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");
        await _program.RunAsync("import", "prod", "--store", "System");

        Assert.Equal(0, (await _program.RunAsync("login", "prod", "--token-code", "123456")).ExitCode);
        Assert.Single(_program.Sts.Calls);
    }

    [Fact]
    public async Task Locked_store_ends_it_before_a_code_is_asked_for()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");
        await _program.RunAsync("import", "prod", "--store", "System");
        _program.System.IsLocked = true;
        _program.Terminal.WillAnswer("123456");

        var ended = await _program.RunAsync("login", "prod");

        ended.Failed(ExitCodes.Of(MfaErrorId.StoreLocked));
        Assert.EndsWith("Unlock it, then try again.\n", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("MFA code", ended.Error, StringComparison.Ordinal);
        Assert.Empty(_program.Sts.Calls);
    }

    [Fact]
    public async Task Vault_is_PowerShells_business()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod");

        var ended = await _program.RunAsync("import", "prod", "--store", "Vault:team");

        ended.Failed(ExitCodes.Of(MfaErrorId.StoreUnavailable));
        Assert.Contains("Get-MfaSessionToken <profile>", ended.Error, StringComparison.Ordinal);
        Assert.Equal(TestHome.LongTerm("prod"), _program.Home.Credentials);
    }
}

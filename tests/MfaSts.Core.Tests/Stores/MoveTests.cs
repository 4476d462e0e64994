using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Stores;

/// <summary>Moves of a secret from one store to another, and what is left when they are stopped.</summary>
public sealed class MoveTests : IDisposable
{
    private readonly ScratchHome _home = new();
    private readonly FakeKeyStore _system = new();
    private readonly FakeKeyStore _vault = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private KeyStores Stores => new() { System = _ => _system, Vault = (_, _) => _vault };

    private LongTermCredentialImporter Importer => new(_home.Files, Stores);

    public void Dispose() => _home.Dispose();

    [Theory]
    [InlineData("p-long-term")]
    [InlineData("p")]
    [InlineData("p-nomfa")]
    public async Task Move_ToTheSystem_LeavesTheSecretInNoFile(string section)
    {
        _home.Credentials =
            $"# mine\n[{section}]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\nregion = x\n";

        Assert.Empty(await Move("System"));

        Assert.Equal(ScratchHome.Secret, _system.Entries[ScratchHome.KeyId]);
        Assert.All(Directory.EnumerateFiles(_home.Root, "*", SearchOption.AllDirectories), NoSecret);
        Assert.True(_home.LongTerm.Find("p") is { Store: "System", Section: "p-long-term" });
        Assert.Contains("region = x\n", _home.Credentials, StringComparison.Ordinal);
        Assert.Empty(Importer.Find("p", Importer.StoreFor("p", null)));
    }

    [Fact]
    public async Task Move_ThereAndBack_GivesTheFileBack()
    {
        _home.Credentials = ScratchHome.LongTermSection("p");

        await Move("System");
        await Move("Vault:team");
        Assert.Empty(_system.Entries);
        await Move("File");

        Assert.Empty(_vault.Entries);
        Assert.True(_home.LongTerm.Find("p") is { Store: "File", SecretAccessKey: ScratchHome.Secret, SerialNumber: ScratchHome.Device });
        Assert.DoesNotContain("mfasts_store", _home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_OfAnOlderCopyOfAKeyThatIsInTheSystem_TakesTheCopyAway()
    {
        _home.Credentials = ScratchHome.LongTermSection("p");
        await Move("System");
        _home.Credentials += $"[p]\naws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";

        await Move(null);

        NoSecret(_home.CredentialsPath);
        Assert.Equal("System", _home.LongTerm.Find("p")!.Store);
    }

    [Fact]
    public async Task Move_SecretThatAnotherSectionHoldsToo_IsSaid()
    {
        _home.Credentials = ScratchHome.LongTermSection("p") + ScratchHome.LongTermSection("q");

        string warning = Assert.Single(await Move("System"));

        Assert.Contains("[q-long-term]", warning, StringComparison.Ordinal);
        Assert.DoesNotContain(ScratchHome.Secret, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("File", "System")]
    [InlineData("System", "File")]
    [InlineData("System", "Vault:team")]
    public async Task Move_StoppedAtAnyCall_LeavesTheKeyWholeInThePlaceThatIsNamedAndIsFinishedByTheNext(string from, string to)
    {
        for (int call = 1; call <= 3; call++)
        {
            foreach (var stopped in new[] { _system, _vault })
            {
                await Begin(from);
                stopped.Failure = (call, new OperationCanceledException());

                await Record.ExceptionAsync(() => Move(to));

                stopped.Failure = null;
                Assert.Equal(ScratchHome.Secret, await Read());
                await Move(to);
                await Importer.SweepAsync("p", Stop);
                Assert.Equal(ScratchHome.Secret, await Read());
                Assert.Equal(to, _home.LongTerm.Find("p")!.Store);
                Assert.Equal(to == "System", _system.Entries.Count > 0);
            }
        }
    }

    [Fact]
    public async Task Move_FileCannotBeWritten_LeavesTheKeyInTheFile()
    {
        _home.Credentials = ScratchHome.LongTermSection("p") + "[broken\n";

        await Assert.ThrowsAsync<MfaException>(() => Move("System"));

        Assert.Contains(ScratchHome.Secret, _home.Credentials, StringComparison.Ordinal);
        Assert.Empty(_system.Calls);
    }

    [Fact]
    public async Task Move_EntryMissing_ChangesNothing()
    {
        string text = $"[p-long-term]\naws_access_key_id = {ScratchHome.KeyId}\nmfasts_store = System\n";
        _home.Credentials = text;

        var error = (await Assert.ThrowsAsync<MfaException>(() => Move("File"))).Error;

        Assert.Equal(MfaErrorId.StoreEntryMissing, error.Id);
        Assert.Contains("rotated elsewhere", error.Message, StringComparison.Ordinal);
        Assert.Equal(text, _home.Credentials);
    }

    [Fact]
    public async Task Move_SecretWrittenBesideTheMarkByAnotherTool_GoesIntoTheStore()
    {
        _home.Credentials =
            $"[p-long-term]\naws_access_key_id = {ScratchHome.KeyId}\nmfasts_store = System\naws_secret_access_key = "
                + $"{ScratchHome.Secret}\n";
        Assert.True(_home.LongTerm.Find("p") is { Store: "File", SecretAccessKey: ScratchHome.Secret });

        await Move("System");

        NoSecret(_home.CredentialsPath);
        Assert.Equal(ScratchHome.Secret, await Read());
    }

    private static void NoSecret(string path) =>
        Assert.DoesNotContain(ScratchHome.Secret, File.ReadAllText(path), StringComparison.Ordinal);

    private async Task Begin(string store)
    {
        _system.Entries.Clear();
        _vault.Entries.Clear();
        _home.Credentials = ScratchHome.LongTermSection("p");
        await Move(store);
        _system.Calls.Clear();
        _vault.Calls.Clear();
    }

    private async Task<string> Read() =>
        (await new SecretReader(_home.Files, Stores).UnlockAsync(_home.LongTerm.Find("p")!, serves: null, Stop)).SecretAccessKey!;

    private async Task<string[]> Move(string? store)
    {
        var warnings = new List<string>();
        string target = Importer.StoreFor("p", store);
        foreach (var found in Importer.Find("p", target))
        {
            warnings.AddRange(await Importer.ImportAsync(found, target, Stop));
        }

        return [.. warnings];
    }
}

using MfaSts.Platform.Unix;
using MfaSts.Sandbox;
using MfaSts.Stores.Tests;

namespace MfaSts.Prove.Stores;

/// <summary>A home folder whose user has a key under <c>prod</c>, on a session bus with an unlocked keyring.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed class KeyringHome : IAsyncDisposable
{
    private readonly ScratchHome _home = new();

    private KeyringHome(SessionBus bus, SandboxServer server)
    {
        (Bus, Server) = (bus, server);
        Variables = new(bus.Variables)
        {
            ["HOME"] = _home.Root,
            ["TMPDIR"] = _home.At("tmp"),
            ["AWS_ENDPOINT_URL"] = server.Endpoint.GetLeftPart(UriPartial.Authority),
        };
        Directory.CreateDirectory(_home.At("tmp"));
        ScratchHome.Write(
            _home.CredentialsPath,
            $"[prod-long-term]\naws_access_key_id = {KeyId}\naws_secret_access_key = {Secret}\naws_mfa_device = "
                + $"{User.MfaDevices[0].SerialNumber}\n");
    }

    public SessionBus Bus { get; }

    public SandboxServer Server { get; }

    public ScratchHome Files => _home;

    public SandboxUser User => Server.Account.Users[0];

    public string KeyId => User.AccessKeys[0].AccessKeyId;

    public string Secret => User.AccessKeys[0].SecretAccessKey;

    public Dictionary<string, string> Variables { get; }

    public static async Task<KeyringHome> MakeAsync() =>
        new(await SessionBus.WithKeyringAsync(CancellationToken.None), await SandboxServer.StartAsync());

    public Task<Ended> RunAsync(params string[] command) => Child.RunAsync([.. Child.Mfasts, .. command], Variables);

    /// <summary>The secret that the section names: in it, or in the store that it names; null when that is lost.</summary>
    public async Task<string?> FindSecretAsync()
    {
        var section = _home.Shared.Read().Find("prod-long-term");
        return section?["mfasts_store"] is null ? section?["aws_secret_access_key"] : await InKeyringAsync();
    }

    public Task<string?> InKeyringAsync() => Bus.Store(mayAsk: false).FindAsync(KeyId, CancellationToken.None);

    /// <summary>The files that have the secret in clear: of the home, of its temp folder and of the keyring.</summary>
    public IEnumerable<string> FilesInClear() => Directory
        .EnumerateFiles(_home.Root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
        .Concat(Bus.Files)
        .Where(path => LibC.GetStatus(path, followLink: false) is { IsFile: true })
        .Where(path => File.ReadAllText(path).Contains(Secret, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Bus.Dispose();
        _home.Dispose();
    }
}

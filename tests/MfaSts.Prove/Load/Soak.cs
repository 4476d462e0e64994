using System.Diagnostics;
using System.Globalization;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Rotation;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Prove.Load;

/// <summary>Random operations, one after the other, and after each what is stored is what should be.</summary>
internal sealed class Soak : IDisposable
{
    private const string Device = "arn:aws:iam::123456789012:mfa/alice";

    private readonly Proof _proof;
    private readonly Random _random;
    private readonly ScratchHome _home = new();
    private readonly FakeSts _sts = new(TimeProvider.System);
    private readonly EnvironmentVariables _variables = new(_ => null);
    private readonly Dictionary<string, string> _keys = [];
    private readonly Dictionary<string, string> _sessions = [];
    private readonly Dictionary<string, (string Session, string Key)> _roles = [];
    private readonly List<string> _foreign = [];
    private readonly (string Name, Func<string, Task> Do)[] _operations;
    private int _number;

    private Soak(Proof proof)
    {
        _proof = proof;
        _random = new Random(proof.Seed);
        _operations =
        [
            ("store", StoreAsync), ("store", StoreAsync), ("renew", RenewAsync), ("renew", RenewAsync),
            ("remove a session", RemoveSessionAsync), ("remove keys", RemoveKeysAsync),
            ("import", ImportAsync), ("expire", ExpireAsync), ("rotate", RotateAsync), ("take a role", TakeRoleAsync),
            ("take a role", TakeRoleAsync), ("a foreign write", WriteForeignAsync), ("kill", KillAsync),
        ];
    }

    private LongTermCredentialStore Store => new(_home.Files);

    private SessionBroker Broker => new(_home.Files, _variables, () => _sts, TimeProvider.System, KeyStores.FileOnly);

    public static async Task RunAsync(Proof proof)
    {
        using var soak = new Soak(proof);
        ScratchHome.Write(soak._home.CredentialsPath, "# mine\n");
        ScratchHome.Write(
            soak._home.Files.Config.Path,
            string.Concat(
                Enumerable.Range(0, 6).Select(
                    i => $"[profile rp{i}]\nrole_arn = arn:aws:iam::210987654321:role/r{i}\nsource_profile = p{i}\n")));
        long start = Stopwatch.GetTimestamp();
        int before = proof.Violations;
        while (Stopwatch.GetElapsedTime(start).TotalMinutes < proof.Minutes && proof.Violations == before)
        {
            await soak.StepAsync();
        }

        proof.Say("soak, seed", string.Create(CultureInfo.InvariantCulture, $"{proof.Minutes:0.#} minutes, {proof.Seed}"));
    }

    public void Dispose() => _home.Dispose();

    private async Task StepAsync()
    {
        string profile = $"p{_random.Next(6)}";
        var (name, operation) = _operations[_random.Next(_operations.Length)];
        string replay = string.Create(CultureInfo.InvariantCulture, $"step {++_number}: {name}, {profile}");
        try
        {
            await operation(profile);
            Check(replay);
        }
        catch (MfaException e)
        {
            _proof.Violate("an operation that should go through does", $"{replay}: {e.Message}");
        }

        _proof.Count("soak: operations, invariants checked after each");
        _proof.Count("... of them " + name);
    }

    private void Check(string replay)
    {
        var document = _home.Shared.Read();
        for (int i = 0; i < 6; i++)
        {
            string profile = $"p{i}";
            _proof.Require(
                Store.Find(profile)?.AccessKeyId == _keys.GetValueOrDefault(profile),
                "long-term keys are what was stored last",
                $"{replay}: {profile}");
            _proof.Require(
                document.Find(profile)?["aws_access_key_id"] == _sessions.GetValueOrDefault(profile),
                "a session is what was stored last",
                $"{replay}: {profile}");
            CheckRole(document, profile, $"{replay}: {profile}");
        }

        _proof.Require(_foreign.TrueForAll(name => document.Find(name) is not null), "a foreign update stays", replay);
        _proof.Require(document.Bytes.AsSpan().StartsWith("# mine\n"u8), "a comment stays", replay);
        var counter = document.Find("counter");
        _proof.Require(
            counter is null || counter["aws_secret_access_key"] == "secret/" + counter["aws_access_key_id"]!["ASIA".Length..],
            "the file is whole",
            replay);
        if (!OperatingSystem.IsWindows())
        {
            _proof.Require(
                File.GetUnixFileMode(_home.CredentialsPath) == (UnixFileMode.UserRead | UnixFileMode.UserWrite), "the mode stays", replay);
        }
    }

    // A role's session goes with its source, and is not handed out when the key that it was taken with is another by now.
    private void CheckRole(IniDocument document, string profile, string replay)
    {
        bool hasRole = _roles.TryGetValue(profile, out var role);
        _proof.Require(
            document.Find($"r{profile}-sts")?["aws_access_key_id"] == (hasRole ? role.Session : null),
            "a role's session is what was stored last",
            replay);
        if (_keys.TryGetValue(profile, out string? key))
        {
            string? given = Broker.FindUsable(new SessionRequest { Profile = "r" + profile })?.AccessKeyId;
            _proof.Require(
                given == (hasRole && role.Key == key ? role.Session : null), "a role's session is handed out for its own key only", replay);
        }
    }

    private async Task TakeRoleAsync(string profile)
    {
        var request = new SessionRequest { Profile = "r" + profile, Force = true };
        if (_keys.TryGetValue(profile, out string? key) && Broker.FindUsable(Broker.SourceOf(request)!) is { } source)
        {
            var result = await Broker.AssumeAsync(Broker.PrepareRole(request)!, source, isEarly: false, CancellationToken.None);
            _roles[profile] = (result!.Session.AccessKeyId, key);
        }
    }

    private Task StoreAsync(string profile)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"AKIA{_random.NextInt64(1_000_000_000_000_000):D16}");
        Store.Store(new LongTermCredentialChange
        {
            Profile = profile,
            AccessKeyId = key,
            SecretAccessKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            SerialNumber = Device,
            Region = "eu-west-1",
        }, CancellationToken.None);
        _keys[profile] = key;
        return Task.CompletedTask;
    }

    private async Task RenewAsync(string profile)
    {
        if (!_keys.ContainsKey(profile))
        {
            return;
        }

        // A new code each time: the guard remembers those of the last minutes.
        string code = string.Create(CultureInfo.InvariantCulture, $"{_number % 1_000_000:D6}");
        var plan = Broker.Prepare(new SessionRequest { Profile = profile, Force = true });
        _sessions[profile] = (await Broker.RedeemAsync(plan, code, CancellationToken.None)).Session.AccessKeyId;
    }

    private Task RemoveSessionAsync(string profile)
    {
        bool isRemoved = new SessionStore(_home.Files, TimeProvider.System).Remove(profile, CancellationToken.None);
        _proof.Require(isRemoved == (_sessions.Remove(profile) | _roles.Remove(profile)), "removing says whether there was one", profile);
        return Task.CompletedTask;
    }

    private Task RemoveKeysAsync(string profile)
    {
        if (Store.Find(profile) is { } credential)
        {
            Store.Remove(credential, CancellationToken.None);
            _keys.Remove(profile);
        }

        return Task.CompletedTask;
    }

    private async Task ImportAsync(string profile)
    {
        if (_keys.ContainsKey(profile))
        {
            return;
        }

        string key = string.Create(CultureInfo.InvariantCulture, $"AKIA{_random.NextInt64(1_000_000_000_000_000):D16}");
        _home.Shared.Update(
            document => document.Set(
                profile + ProfileName.NoMfaSuffix,
                [new("aws_access_key_id", key), new("aws_secret_access_key", "old/secret"), new("mfa_serial", Device)]),
                    CancellationToken.None);
        var importer = new LongTermCredentialImporter(_home.Files, KeyStores.FileOnly);
        await importer.ImportAsync(importer.Find(profile, KeyStoreName.File).Single(), KeyStoreName.File, CancellationToken.None);
        _keys[profile] = key;
    }

    private Task ExpireAsync(string profile)
    {
        if (_sessions.ContainsKey(profile))
        {
            _home.Shared.Update(document => document.Set(profile, [new("expiration", "2001-01-01T00:00:00Z")]), CancellationToken.None);
            _proof.Require(
                Broker.FindUsable(new SessionRequest { Profile = profile }) is null, "an expired session is not handed out", profile);
        }

        return Task.CompletedTask;
    }

    private async Task RotateAsync(string profile)
    {
        if (!_keys.TryGetValue(profile, out string? key) || _keys.ContainsValue(FakeIam.NewKeyId))
        {
            return;
        }

        var aws = new FakeIam { AccessKeys = { [key] = true } };
        var rotator = new AccessKeyRotator(_home.Files, _variables, () => aws, KeyStores.FileOnly) { Pause = (_, _) => Task.CompletedTask };
        var session = new MfaSession(TimeProvider.System)
        {
            Profile = profile,
            AccessKeyId = "ASIASESSION",
            SecretAccessKey = "s",
            SessionToken = "t",
            Expiration = TimeProvider.System.GetUtcNow().AddHours(1),
            Section = profile,
            Origin = SessionOrigin.Store,
        };
        using var plan = await rotator.PrepareAsync(profile, session, region: null, store: null, CancellationToken.None);
        _keys[profile] = (await rotator.RotateAsync(plan, CancellationToken.None)).AccessKeyId;
        _proof.Require(aws.AccessKeys.Keys.SequenceEqual([_keys[profile]]), "the key that is stored is the one that AWS has", profile);
    }

    private Task WriteForeignAsync(string profile)
    {
        if (_foreign.Count < 50)
        {
            _foreign.Add($"foreign{_foreign.Count}");
            ForeignWriter.Append(_home.CredentialsPath, _foreign[^1], TimeSpan.Zero);
        }

        return Task.CompletedTask;
    }

    private async Task KillAsync(string profile)
    {
        using var worker = Child.StartWorker("count", _home.CredentialsPath, "counter");
        await worker.StandardOutput.ReadLineAsync();
        await Task.Delay(_random.Next(60));
        worker.Kill();
        await Child.EndAsync(worker);
    }
}

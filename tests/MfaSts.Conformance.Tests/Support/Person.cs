using MfaSts.Credentials;
using MfaSts.Devices;
using MfaSts.Files;
using MfaSts.Findings;
using MfaSts.Iam;
using MfaSts.PowerShell.Loading;
using MfaSts.Profiles;
using MfaSts.Rotation;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Sts;

namespace MfaSts.Conformance.Tests.Support;

/// <summary>A person with a home folder of his own, whose AWS account answers at a loopback address.</summary>
internal sealed class Person : IDisposable
{
    /// <summary>The profile he works with.</summary>
    internal const string Profile = "prod";

    private readonly string _folder = Directory.CreateTempSubdirectory("mfasts-conformance-").FullName;
    private readonly EnvironmentVariables _variables;

    internal Person(Uri endpoint)
    {
        Environment = new Dictionary<string, string?>
        {
            ["HOME"] = _folder,
            ["USERPROFILE"] = _folder,
            ["AWS_ENDPOINT_URL"] = endpoint.ToString(),
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["NO_PROXY"] = endpoint.Host,
            ["no_proxy"] = endpoint.Host,
        };
        _variables = new EnvironmentVariables(name => Environment.GetValueOrDefault(name));
        Files = AwsFiles.Locate(_variables, _folder);
        Directory.CreateDirectory(Path.GetDirectoryName(Files.Credentials.Path)!);
    }

    /// <summary>The environment of a program that he starts.</summary>
    internal Dictionary<string, string?> Environment { get; }

    internal AwsFiles Files { get; }

    internal string Credentials
    {
        get => File.ReadAllText(Files.Credentials.Path);
        set => File.WriteAllText(Files.Credentials.Path, value);
    }

    internal string Config
    {
        get => File.ReadAllText(Files.Config.Path);
        set => File.WriteAllText(Files.Config.Path, value);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Stores what is given, as Set-MfaLongTermCredential does.</summary>
    internal void Store(LongTermCredentialChange change)
    {
        change.Require();
        new LongTermCredentialStore(Files).Store(change, TestContext.Current.CancellationToken);
    }

    /// <summary>Makes the plan for a session, as Get-MfaSessionToken does before it asks for a code.</summary>
    internal SessionPlan Prepare(bool force = false) => Broker().Prepare(new SessionRequest { Profile = Profile, Force = force });

    /// <summary>Gives the stored session if it is usable, as Get-MfaSessionToken does first of all.</summary>
    internal MfaSession? FindUsable() => Broker().FindUsable(new SessionRequest { Profile = Profile });

    /// <summary>Repairs what is found, as Repair-MfaProfile does.</summary>
    /// <returns>What was found.</returns>
    internal IReadOnlyList<MfaFindingId> Repair()
    {
        var doctor = new ProfileDoctor(Files, _variables, TimeProvider.System);
        var findings = doctor.Examine();
        Assert.All(findings, finding => Assert.True(doctor.Repair(finding, TestContext.Current.CancellationToken), finding.ToString()));
        Assert.Empty(doctor.Examine());
        return [.. findings.Select(finding => finding.Id)];
    }

    /// <summary>Trades a code for a session through the staged gateway, and stores it.</summary>
    internal async Task<MfaSession> RedeemAsync(SessionPlan plan, string code) =>
        (await Broker().RedeemAsync(plan, code, TestContext.Current.CancellationToken)).Session;

    /// <summary>Takes a profile's role with the stored session of its source, as Get-MfaSessionToken does without a code.</summary>
    internal async Task<MfaSession> AssumeAsync(string profile)
    {
        var plan = Broker().PrepareRole(new SessionRequest { Profile = profile, Force = true })!;
        var source = Broker().FindUsable(Broker().SourceOf(plan.Request)!)!;
        return (await Broker().AssumeAsync(plan, source, isEarly: false, TestContext.Current.CancellationToken))!.Session;
    }

    /// <summary>Asks IAM for his MFA device through the staged gateway, and stores it.</summary>
    internal async Task<MfaDevice> FindDeviceAsync()
    {
        var finder = new DeviceFinder(Files, _variables, Gateway, TimeProvider.System, KeyStores.FileOnly);
        var device = DeviceFinder.RequireOne(await finder.FindUsableAsync(Profile, region: null, TestContext.Current.CancellationToken));
        finder.Remember(device, TestContext.Current.CancellationToken);
        return device;
    }

    /// <summary>Replaces his access key, as Update-MfaLongTermCredential does.</summary>
    internal async Task<LongTermCredential> RotateAsync(MfaSession session)
    {
        var rotator = new AccessKeyRotator(Files, _variables, Gateway, KeyStores.FileOnly);
        using var plan = await rotator.PrepareAsync(Profile, session, region: null, store: null, TestContext.Current.CancellationToken);
        return await rotator.RotateAsync(plan, TestContext.Current.CancellationToken);
    }

    /// <summary>The access keys that IAM has of him.</summary>
    internal async Task<IReadOnlyList<IamAccessKey>> ListAccessKeysAsync(MfaSession session)
    {
        var call = new StsCall
        {
            Profile = Profile,
            AccessKeyId = session.AccessKeyId,
            SecretAccessKey = session.SecretAccessKey,
            SessionToken = session.SessionToken,
            Region = "us-east-1",
            EndpointUrl = new Uri(Environment["AWS_ENDPOINT_URL"]!),
        };
        return (await Gateway().ListAccessKeysAsync(call, "alice", TestContext.Current.CancellationToken)).Value;
    }

    private static IAwsGateway Gateway() => AwsLoadContext.LoadGateway(Repository.Private);

    private SessionBroker Broker() => new(Files, _variables, Gateway, TimeProvider.System, KeyStores.FileOnly);
}

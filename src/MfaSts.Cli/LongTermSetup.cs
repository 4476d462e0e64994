using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Cli;

/// <summary>Takes long-term keys from a person or a CSV file, lets AWS say whose they are, and stores them.</summary>
/// <param name="host">The outside.</param>
/// <param name="messages">What is said to the person.</param>
internal sealed class LongTermSetup(CliHost host, Messages messages)
{
    private readonly LongTermCredentialStore _store = new(host.Files);
    private readonly LongTermKeeper _keeper = new(host.Files, host.Stores);

    public string? Profile { get; init; }

    public string? SerialNumber { get; init; }

    public string? Region { get; init; }

    public string? Store { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>Ask AWS before anything is written.</summary>
    public bool IsChecked { get; init; }

    /// <summary>Replace other keys of the profile.</summary>
    public bool IsForced { get; init; }

    private bool HasSettings => SerialNumber is not null || Region is not null || Duration is not null;

    /// <summary>Asks for the keys on the terminal. Keys that are stored stay when nothing but settings are given.</summary>
    public async Task FromTerminalAsync(CancellationToken cancellationToken)
    {
        string profile = ProfileOrDefault();

        // Nobody shall type keys for what cannot be stored.
        _store.Check(Change(profile, null, null, SerialNumber));
        _keeper.StoreFor(Change(profile, null, null, SerialNumber));
        var stored = _store.FindReplaceable(profile);
        var change = stored is not null && HasSettings && !IsForced
            ? Change(profile, null, null, SerialNumber)
            : Ask(profile, stored, cancellationToken);
        await StoreAsync([change], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the keys from a CSV file of the AWS console.</summary>
    public async Task FromCsvAsync(string path, bool isRemovalWanted, CancellationToken cancellationToken)
    {
        var csv = AccessKeyCsv.Read(path);
        int count = csv.Rows.Count;
        var changes = AccessKeyAssignment.Of(csv.Rows, count, Profile, ProfileOrDefault)
            .Select(
                pair => Change(
                    pair.Profile,
                    pair.Row.AccessKeyId,
                    pair.Row.SecretAccessKey,
                    AccessKeyAssignment.DeviceOf(pair.Profile, SerialNumber, count)))
            .ToList();
        await StoreAsync(changes, cancellationToken).ConfigureAwait(false);

        // Read anew: the only copy of a secret must not be deleted for what another program has just undone.
        if (isRemovalWanted && changes.TrueForAll(_store.Holds))
        {
            csv.Delete();
            messages.Say($"'{csv.Path}' is deleted.");
        }
        else
        {
            messages.Warn(MfaErrors.CsvHoldsSecret(csv.Path));
        }
    }

    private async Task StoreAsync(IReadOnlyList<LongTermCredentialChange> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
        {
            _store.Check(change);
            _keeper.StoreFor(change);
            RequireFree(change.Profile, change.AccessKeyId, _store.FindReplaceable(change.Profile));
        }

        foreach (var change in changes.Where(change => change.AccessKeyId is not null && IsChecked))
        {
            var broker = new SessionBroker(host.Files, host.Variables, host.Aws, host.Clock, host.Stores);
            var identity = await broker.IdentifyAsync(change, cancellationToken).ConfigureAwait(false);
            messages.Say($"The access key {change.AccessKeyId} is that of {identity.Arn}.");
        }

        foreach (var change in changes)
        {
            foreach (string warning in await _keeper.StoreAsync(change, cancellationToken).ConfigureAwait(false))
            {
                messages.Warn(warning);
            }

            messages.Say($"Profile '{change.Profile}' is set up. Get a session with: mfasts login {PowerShellText.Quote(change.Profile)}");
        }

        foreach (var finding in host.Doctor.ExamineFiles())
        {
            messages.Warn(finding.ToString());
        }
    }

    private LongTermCredentialChange Ask(string profile, LongTermCredential? stored, CancellationToken cancellationToken)
    {
        if (host.Terminal.WhyNotAsk() is { } whyNot)
        {
            throw MfaErrors.LongTermCredentialRequired(profile, whyNot);
        }

        string id = Answered(profile, host.Terminal.Ask($"AWS access key ID for profile '{profile}': ", cancellationToken));
        AccessKey.RequireId(profile, id);
        RequireFree(profile, id, stored);
        string secret = Answered(profile, host.Terminal.AskSecret($"AWS secret access key for {id}: ", cancellationToken));
        AccessKey.Require(profile, id, secret);
        return Change(profile, id, secret, SerialNumber ?? AskForDevice(profile, cancellationToken));
    }

    private string? AskForDevice(string profile, CancellationToken cancellationToken)
    {
        if (_store.FindSerialNumber(profile) is not null)
        {
            return null;
        }

        string answer = Answered(
            profile, host.Terminal.Ask($"MFA device ARN for profile '{profile}' (Enter to skip): ", cancellationToken));
        return answer.Length == 0 ? null : DeviceArn.Require(profile, answer);
    }

    private static string Answered(string profile, string? answer) =>
        answer?.Trim() ?? throw MfaErrors.LongTermCredentialRequired(profile, "nobody answered on the terminal");

    private void RequireFree(string profile, string? accessKeyId, LongTermCredential? stored)
    {
        if (!IsForced && accessKeyId is not null && stored is not null && stored.AccessKeyId != accessKeyId)
        {
            throw MfaErrors.LongTermCredentialExists(profile, stored.AccessKeyId, stored.Section, stored.Path);
        }
    }

    private string ProfileOrDefault() =>
        ProfileName.Require(Profile ?? new SessionStore(host.Files, host.Clock).DefaultProfile(host.Variables));

    private LongTermCredentialChange Change(string profile, string? id, string? secret, string? serial) => new()
    {
        Profile = profile,
        AccessKeyId = id,
        SecretAccessKey = secret,
        Store = Store,
        SerialNumber = serial,
        Region = Region,
        Duration = Duration,
    };
}

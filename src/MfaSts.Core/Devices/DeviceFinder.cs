using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Findings;
using MfaSts.Iam;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Sts;

namespace MfaSts.Devices;

/// <summary>
/// Asks AWS IAM which MFA devices the user has whose long-term keys a profile holds. Choosing among several is left to the caller.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="variables">The environment.</param>
/// <param name="aws">Gives the gateway to AWS, on the first call that needs it.</param>
/// <param name="clock">The clock.</param>
/// <param name="stores">Where secrets are kept that are not in the file.</param>
public sealed class DeviceFinder(
    AwsFiles files, EnvironmentVariables variables, Func<IAwsGateway> aws, TimeProvider clock, KeyStores stores)
{
    private readonly LongTermCredentialStore _longTerm = new(files);
    private readonly StsCallBuilder _calls = new(variables);
    private readonly SecretReader _secrets = new(files, stores);

    /// <summary>All devices of the user, those that give no codes too.</summary>
    /// <exception cref="MfaException">LongTermCredentialNotFound, or what AWS answers.</exception>
    public async Task<IReadOnlyList<MfaDevice>> ListAsync(string profile, string? region, CancellationToken cancellationToken)
    {
        var settings = MfaProfile.Read(profile, files);
        var credential = _longTerm.Find(settings) ?? throw _longTerm.NotFound(settings.Name);
        credential = await _secrets.UnlockAsync(credential, serves: null, cancellationToken).ConfigureAwait(false);
        string? known = credential.SerialNumber ?? settings.Setting("mfa_serial");
        var call = _calls.BuildIam(settings, credential, region, known);
        AccessKey.RequireStored(credential, key => _longTerm.LineOf(settings.Documents, credential, key), isOfAws: call.IsToAws);
        var devices = await AskAsync(settings, credential, call, region, cancellationToken).ConfigureAwait(false);
        return [.. devices.Select(device => new MfaDevice
        {
            Profile = settings.Name,
            UserName = device.UserName,
            SerialNumber = device.SerialNumber,
            EnableDate = device.EnableDate,
            IsStored = device.SerialNumber == known,
        })];
    }

    /// <summary>The devices of the user that give codes, one at least.</summary>
    /// <exception cref="MfaException">
    /// SerialNumberMissing: the user has none, or IAM does not say; LongTermCredentialNotFound, LongTermCredentialRejected, StsUnreachable,
    /// ClockSkewed. </exception>
    public async Task<IReadOnlyList<MfaDevice>> FindUsableAsync(string profile, string? region, CancellationToken cancellationToken)
    {
        IReadOnlyList<MfaDevice> all;
        try
        {
            all = await ListAsync(profile, region, cancellationToken).ConfigureAwait(false);
        }
        catch (MfaException e) when (e.Error.Id is MfaErrorId.AccessDenied or MfaErrorId.IamEntityNotFound)
        {
            throw MfaErrors.SerialNumberNotTold(
                profile, files.Credentials.Path, e.Error.Message, ProfileDoctor.SectionRemark(files, profile));
        }

        IReadOnlyList<MfaDevice> usable = [.. all.Where(device => device.CanGiveCode)];
        return usable.Count > 0 ? usable : throw MfaErrors.DeviceMissing(profile, Names(all));
    }

    /// <summary>The only one of several devices, for when nobody can be asked to choose.</summary>
    /// <exception cref="MfaException">SerialNumberAmbiguous, which lists them.</exception>
    public static MfaDevice RequireOne(IReadOnlyList<MfaDevice> devices)
    {
        ArgumentNullException.ThrowIfNull(devices);
        return devices.Count == 1 ? devices[0] : throw MfaErrors.SerialNumberAmbiguous(devices[0].Profile, Names(devices));
    }

    /// <summary>Stores a device as the profile's, so that IAM need not be asked again.</summary>
    public void Remember(MfaDevice device, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        _longTerm.Store(new LongTermCredentialChange { Profile = device.Profile, SerialNumber = device.SerialNumber }, cancellationToken);
    }

    private static string Names(IEnumerable<MfaDevice> devices) => string.Join(", ", devices);

    // Users who may ask for themselves need not name themselves: that works where GetUser is denied. Emulators of AWS want the name; and a
    // policy may want a session.
    private async Task<IReadOnlyList<IamDevice>> AskAsync(
        MfaProfile profile, LongTermCredential credential, StsCall call, string? region, CancellationToken cancellationToken)
    {
        var gateway = aws();
        try
        {
            return (await gateway.ListMfaDevicesAsync(call, userName: null, cancellationToken).ConfigureAwait(false)).Value;
        }
        catch (MfaException refusal) when (IsRefusal(refusal))
        {
            var devices =
                await TryAsync(() => AskByNameAsync(gateway, profile, credential, call, region, cancellationToken)).ConfigureAwait(false)
                ?? await TryAsync(() => AskWithSessionAsync(gateway, profile, call, cancellationToken)).ConfigureAwait(false);
            if (devices is null)
            {
                throw;
            }

            return devices;
        }
    }

    private async Task<IReadOnlyList<IamDevice>?> AskByNameAsync(
        IAwsGateway gateway, MfaProfile profile, LongTermCredential credential, StsCall call, string? region,
            CancellationToken cancellationToken)
    {
        var identityCall = _calls.Build(profile, credential, region, credential.SerialNumber).Call;
        var caller = await gateway.GetCallerIdentityAsync(identityCall, cancellationToken).ConfigureAwait(false);
        return IamUserArn.NameOf(caller.Value.Arn) is { } name
            ? (await gateway.ListMfaDevicesAsync(call, name, cancellationToken).ConfigureAwait(false)).Value
            : null;
    }

    private async Task<IReadOnlyList<IamDevice>?> AskWithSessionAsync(
        IAwsGateway gateway, MfaProfile profile, StsCall call, CancellationToken cancellationToken)
    {
        var session = new SessionStore(files, clock).Find(profile, chosen: null);
        return session is { AssumedRoleArn: null } && session.Expiration > clock.GetUtcNow()
            ? (await gateway.ListMfaDevicesAsync(call.SignedBy(session.AccessKeyId, session.SecretAccessKey, session.SessionToken),
            userName: null, cancellationToken).ConfigureAwait(false)).Value
            : null;
    }

    // What AWS said first is what the person is told: the other ways are only tried.
    private static async Task<IReadOnlyList<IamDevice>?> TryAsync(Func<Task<IReadOnlyList<IamDevice>?>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (MfaException)
        {
            return null;
        }
    }

    private static bool IsRefusal(MfaException e) =>
        e.Error.Id is MfaErrorId.AccessDenied or MfaErrorId.IamEntityNotFound or MfaErrorId.StsFailed;
}

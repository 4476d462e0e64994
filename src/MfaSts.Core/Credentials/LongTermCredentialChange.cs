using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Credentials;

/// <summary>What is to be stored for a profile. What is null stays as it is.</summary>
public sealed class LongTermCredentialChange
{
    /// <summary>The profile.</summary>
    public required string Profile { get; init; }

    /// <summary>The access key ID, together with the secret.</summary>
    public string? AccessKeyId { get; init; }

    /// <summary>The secret access key, together with the ID.</summary>
    public string? SecretAccessKey { get; init; }

    /// <summary>Where the secret goes, one of <see cref="Stores.KeyStoreName"/>; null: where the profile's is now.</summary>
    public string? Store { get; init; }

    /// <summary>The MFA device.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The region, for config.</summary>
    public string? Region { get; init; }

    /// <summary>The length of sessions, for config.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Checks everything before anything is written.</summary>
    /// <exception cref="MfaException">ProfileNameInvalid, AccessKeyMalformed, SerialNumberInvalid, RegionMismatch,
    /// DurationOutOfRange.</exception>
    public void Require()
    {
        ProfileName.Require(Profile);
        if (AccessKeyId is not null || SecretAccessKey is not null)
        {
            AccessKey.Require(Profile, AccessKeyId ?? string.Empty, SecretAccessKey ?? string.Empty);
        }

        if (SerialNumber is not null)
        {
            DeviceArn.Require(Profile, SerialNumber);
        }

        if (Region is not null && !Partition.IsRegionName(Region))
        {
            throw MfaErrors.RegionInvalid(Profile, Region);
        }

        if (Duration is { } duration)
        {
            Sessions.SessionDuration.Require(Profile, duration);
        }
    }

    /// <summary>The same with the store that was decided on.</summary>
    internal LongTermCredentialChange In(string store) => new()
    {
        Profile = Profile,
        AccessKeyId = AccessKeyId,
        SecretAccessKey = SecretAccessKey,
        Store = store,
        SerialNumber = SerialNumber,
        Region = Region,
        Duration = Duration,
    };

    /// <summary>Names the profile only.</summary>
    public override string ToString() => Profile;
}

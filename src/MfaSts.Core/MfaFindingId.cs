namespace MfaSts;

/// <summary>The kinds of findings. Scripts may depend on the names; new ones come at the end.</summary>
public enum MfaFindingId
{
    /// <summary><c>mfa_serial</c> beside a session or a <c>credential_process</c>: the AWS SDK for .NET finds no credentials.</summary>
    MfaSerialHidesSession,

    /// <summary>A key of a role without <c>role_arn</c> beside a session: the AWS SDK for .NET finds no credentials.</summary>
    RoleSettingHidesSession,

    /// <summary><c>mfa_serial</c> in a role profile whose source has an MFA session: AWS tools ask for another code, or fail.</summary>
    MfaSerialAsksAgain,

    /// <summary><c>duration_seconds</c> over an hour in a role profile whose source has an MFA session: AWS refuses the call.</summary>
    RoleDurationTooLong,

    /// <summary>An access key in the config file.</summary>
    KeysInConfig,

    /// <summary>A session token, or an expiry, that an older session left beside long-term keys.</summary>
    StaleSessionToken,

    /// <summary>A session without its token, or with two different ones.</summary>
    SessionTokenUnclear,

    /// <summary>Keys in the credentials file beside another source of the profile's credentials.</summary>
    KeysBesideOtherSource,

    /// <summary>Another source of credentials beside MfaSts's <c>credential_process</c>.</summary>
    OtherSourceBesideProcess,

    /// <summary>An environment variable that goes before the profile.</summary>
    EnvironmentGoesFirst,

    /// <summary>A profile of the same name in the encrypted store of AWS.Tools.</summary>
    EncryptedStoreGoesFirst,

    /// <summary>A section of config that was meant for a profile and is none.</summary>
    SectionIsNoProfile,

    /// <summary>Other users can read or write a file.</summary>
    FileOpenToOthers,

    /// <summary>The clock of this machine is behind.</summary>
    ClockBehind,

    /// <summary>A command in config that cannot run.</summary>
    CommandCannotRun,

    /// <summary>A file that AWS tools read in different ways.</summary>
    FileReadDifferently,

    /// <summary>A file that cannot be read.</summary>
    FileUnreadable,

    /// <summary>Two home folders with AWS files (Windows).</summary>
    TwoHomeFolders,

    /// <summary>A long-term access key that AWS cannot accept as it is written.</summary>
    AccessKeyMalformed,

    /// <summary>Different long-term keys of one profile in several places.</summary>
    SeveralLongTermKeys,

    /// <summary>A secret access key in the file of a profile whose secret is kept in another store.</summary>
    SecretBesideStore,

    /// <summary>A region in which the keys of a profile are not valid: it lies in another partition of AWS than the MFA device.</summary>
    RegionOfAnotherPartition,

    /// <summary>A variable with the path of a file that no shell has expanded.</summary>
    PathNotExpanded,
}

namespace MfaSts.Errors;

/// <summary>The identifiers of all errors that MfaSts raises. Scripts may depend on them: they are never renamed.</summary>
public enum MfaErrorId
{
    /// <summary>No long-term access key is stored for the profile.</summary>
    LongTermCredentialNotFound,

    /// <summary>No session is stored for the profile.</summary>
    SessionNotFound,

    /// <summary>No session of ours is in the environment.</summary>
    NoActiveSession,

    /// <summary>The profile name cannot be written to, or looked up in, an AWS file.</summary>
    ProfileNameInvalid,

    /// <summary>No MFA device is known for the profile.</summary>
    SerialNumberMissing,

    /// <summary>The MFA device's serial number or ARN is not of the form that STS takes.</summary>
    SerialNumberInvalid,

    /// <summary>The user has several MFA devices and none was chosen.</summary>
    SerialNumberAmbiguous,

    /// <summary>The code is not six digits. Nothing was sent.</summary>
    TokenCodeMalformed,

    /// <summary>A code is needed and there is no way to ask for it.</summary>
    TokenCodeRequired,

    /// <summary>STS refused the code.</summary>
    TokenCodeRejected,

    /// <summary>The code was used already. It was not sent again.</summary>
    TokenCodeAlreadyUsed,

    /// <summary>The duration is outside what STS grants. Nothing was sent.</summary>
    DurationOutOfRange,

    /// <summary>STS does not accept the long-term access key.</summary>
    LongTermCredentialRejected,

    /// <summary>The same profile has different long-term keys in two places.</summary>
    LongTermCredentialAmbiguous,

    /// <summary>AWS refused the call for a reason that has no identifier of its own.</summary>
    AccessDenied,

    /// <summary>The session is past its expiry.</summary>
    SessionExpired,

    /// <summary>This machine's clock is too far from AWS's.</summary>
    ClockSkewed,

    /// <summary>No answer came from STS, or from IAM.</summary>
    StsUnreachable,

    /// <summary>STS, or IAM, asks for fewer calls.</summary>
    StsThrottled,

    /// <summary>STS, or IAM, answered with an error, or with something that is no answer.</summary>
    StsFailed,

    /// <summary>STS is switched off in the region.</summary>
    RegionDisabled,

    /// <summary>The region lies in another AWS partition than the MFA device.</summary>
    RegionMismatch,

    /// <summary>A value is needed and there is no way to ask for it.</summary>
    InputRequired,

    /// <summary>The access key is not of AWS's form.</summary>
    AccessKeyMalformed,

    /// <summary>The CSV file cannot be read as access keys.</summary>
    CsvUnreadable,

    /// <summary>The account has as many access keys as it may have.</summary>
    AccessKeyLimit,

    /// <summary>The mfasts program is not there.</summary>
    ProgramMissing,

    /// <summary>The profile's mfa_process gave no code.</summary>
    CodeProcessFailed,

    /// <summary>Another process holds the file's lock.</summary>
    StoreBusy,

    /// <summary>The file is not a well-formed AWS file, or changed in a way that cannot be written.</summary>
    StoreUnreadable,

    /// <summary>The file system does not allow reading or writing the file.</summary>
    StoreAccessDenied,

    /// <summary>The file or its folder is open to others in a way that cannot be accepted.</summary>
    StoreUnsafe,

    /// <summary>The disk is full, or the quota is used up.</summary>
    StoreFull,

    /// <summary>The profile is set up in a way that does not go together with what was asked for.</summary>
    ProfileUnsuitable,

    /// <summary>IAM knows no user or access key of that name.</summary>
    IamEntityNotFound,

    /// <summary>The access key was not replaced, or not to the end.</summary>
    RotationFailed,

    /// <summary>IAM would not take the policy that was asked for.</summary>
    PolicyInvalid,

    /// <summary>AWS refused the role.</summary>
    RoleNotAssumable,

    /// <summary>A role's profile leads to no long-term keys.</summary>
    RoleSourceInvalid,

    /// <summary>The role allows no session of that length.</summary>
    RoleDurationRefused,

    /// <summary>AWS does not take a role's ARN, external ID, session name, tag, source identity or policy.</summary>
    RoleSettingInvalid,

    /// <summary>A script block is running with another session in this process's environment.</summary>
    EnvironmentInUse,

    /// <summary>The store that keeps the secret access key is locked, and could not be unlocked.</summary>
    StoreLocked,

    /// <summary>The store has no entry for the access key.</summary>
    StoreEntryMissing,

    /// <summary>The store that keeps the secret access key cannot be used here.</summary>
    StoreUnavailable,

    /// <summary>AWS's sign-in did not take the session.</summary>
    SignInRefused,

    /// <summary>It is no page of the AWS console.</summary>
    DestinationInvalid,
}

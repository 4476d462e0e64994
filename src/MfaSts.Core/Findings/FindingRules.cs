using MfaSts.Findings.Rules;

namespace MfaSts.Findings;

/// <summary>All rules, in the order in which their findings are told.</summary>
internal static class FindingRules
{
    /// <summary>What concerns the files as such.</summary>
    public static IFindingRule[] OfFiles { get; } =
        [new FileUnreadable(), new FileOpenToOthers(), new TwoHomeFolders(), new FileReadDifferently()];

    /// <summary>What somebody should know who is about to get a session.</summary>
    public static IFindingRule[] OfSession { get; } =
    [
        new SeveralLongTermKeys(), new SecretBesideStore(), new MfaSerialHidesSession(), new RoleSettingHidesSession(),
        new SectionIsNoProfile(), .. OfFiles,
    ];

    /// <summary>A session that stands where it hides something, or is hidden.</summary>
    public static IFindingRule[] OfStoredSession { get; } = [new KeysBesideOtherSource()];

    /// <summary>All of them.</summary>
    public static IFindingRule[] All { get; } =
    [
        .. OfFiles, new EnvironmentGoesFirst(), new PathNotExpanded(), new RegionOfAnotherPartition(), new ClockBehind(),
        new EncryptedStoreGoesFirst(), new SectionIsNoProfile(), new AccessKeyMalformed(), new StaleSessionToken(),
        new SessionTokenUnclear(), new SeveralLongTermKeys(), new SecretBesideStore(), new KeysInConfig(), new KeysBesideOtherSource(),
        new OtherSourceBesideProcess(), new MfaSerialHidesSession(), new RoleSettingHidesSession(), new MfaSerialAsksAgain(),
        new RoleDurationTooLong(), new CommandCannotRun(),
    ];
}

using System.Text;
using MfaSts.Findings;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Findings;

/// <summary>Homes with one fault each: it is found with its line, nothing else is, and what can be repaired is gone afterwards.</summary>
public sealed class FaultyHomeTests : IDisposable
{
    private const string Pair = $"aws_access_key_id = {ScratchHome.KeyId}\naws_secret_access_key = {ScratchHome.Secret}\n";
    private const string Session = "aws_access_key_id = ASIAOLD\naws_secret_access_key = s\naws_session_token = t\n";
    private const string Ours = Session + "expiration = 2026-03-04T12:00:00Z\nmanager = mfasts\n";
    private const string Dead = Session + "expiration = 2026-01-01T00:00:00Z\n";
    private const string Role = "role_arn = arn:aws:iam::123456789012:role/admin\n";
    private const string Serial = $"mfa_serial = {ScratchHome.Device}\n";
    private const string Process = "credential_process = /bin/true\n";

    // MfaSts's line; the program is there.
    private const string OurProcess = "credential_process = {program} credential-process p\n";

    private static readonly string LongTerm = ScratchHome.LongTermSection("p");

    private readonly ScratchHome _home = new();
    private readonly TestClock _clock = new() { Now = new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero) };

    /// <summary>Homes with their fault, and the same homes repaired.</summary>
    public static TheoryData<string, Fault> Faults { get; } = new()
    {
        { "mfa_serial beside a session", new(LongTerm + $"[p]\n{Ours}", $"[profile p]\n{Serial}", MfaFindingId.MfaSerialHidesSession)
            { Line = 2, RepairedConfig = "[profile p]\n" } },
        { "mfa_serial where the session will go", new(
            LongTerm.Replace("aws_mfa_device", "other", StringComparison.Ordinal), $"[profile p]\nregion = x\n{Serial}# mine\n",
            MfaFindingId.MfaSerialHidesSession)
            {
                Line = 3,
                RepairedConfig = "[profile p]\nregion = x\n# mine\n",
                RepairedCredentials = LongTerm.Replace("aws_mfa_device", "other", StringComparison.Ordinal)
                    + $"aws_mfa_device = {ScratchHome.Device}\n",
            } },
        { "mfa_serial beside a process", new(
            LongTerm, "[profile p]\n" + OurProcess + Serial, MfaFindingId.MfaSerialHidesSession)
            { Line = 3, RepairedConfig = "[profile p]\n" + OurProcess } },
        { "mfa_serial beside a session whose keys are another profile's", new(
            $"[p]\n{Session}", $"[profile p]\n{Serial}", MfaFindingId.MfaSerialHidesSession) { Line = 2 } },
        { "mfa_serial of another device", new(
            LongTerm.Replace("alice", "bob", StringComparison.Ordinal), $"[profile p]\n{Serial}", MfaFindingId.MfaSerialHidesSession)
            { Line = 2 } },
        { "a role's setting beside a session", new(LongTerm, "[profile p]\nexternal_id = x\n", MfaFindingId.RoleSettingHidesSession)
            { Line = 2 } },
        { "mfa_serial in a role profile", new(
            LongTerm, $"[profile admin]\n{Role}source_profile = p\n{Serial}region = x\n", MfaFindingId.MfaSerialAsksAgain)
            { Profile = "admin", Line = 4, RepairedConfig = $"[profile admin]\n{Role}source_profile = p\nregion = x\n" } },
        { "mfa_serial in a role profile, the device known there only", new(
            LongTerm.Replace("aws_mfa_device", "other", StringComparison.Ordinal),
            $"[profile admin]\n{Role}source_profile = p\n{Serial}", MfaFindingId.MfaSerialAsksAgain)
            {
                Profile = "admin",
                Line = 4,
                RepairedConfig = $"[profile admin]\n{Role}source_profile = p\n",
                RepairedCredentials = LongTerm.Replace("aws_mfa_device", "other", StringComparison.Ordinal)
                    + $"aws_mfa_device = {ScratchHome.Device}\n",
            } },
        { "mfa_serial in a role profile over a process", new(
            LongTerm, "[profile p]\n" + OurProcess + $"[profile admin]\n{Role}source_profile = p\n{Serial}",
            MfaFindingId.MfaSerialAsksAgain)
            {
                Profile = "admin",
                Line = 6,
                RepairedConfig = "[profile p]\n" + OurProcess + $"[profile admin]\n{Role}source_profile = p\n",
            } },
        { "mfa_serial in a role profile over a session section", new(
            $"[p]\n{Pair}aws_mfa_device = {ScratchHome.Device}\n[p-sts]\n{Ours}",
            $"[profile admin]\n{Role}source_profile = p-sts\n{Serial}", MfaFindingId.MfaSerialAsksAgain)
            { Profile = "admin", Line = 4, RepairedConfig = $"[profile admin]\n{Role}source_profile = p-sts\n" } },
        { "mfa_serial in the second role of a chain", new(
            LongTerm, $"[profile admin]\n{Role}source_profile = p\n[profile deep]\n{Role}source_profile = admin\n{Serial}",
            MfaFindingId.MfaSerialAsksAgain)
            {
                Profile = "deep",
                Line = 7,
                RepairedConfig = $"[profile admin]\n{Role}source_profile = p\n[profile deep]\n{Role}source_profile = admin\n",
            } },
        { "more than an hour of a role", new(
            LongTerm, $"[profile admin]\n{Role}source_profile = p\nduration_seconds=7200\n", MfaFindingId.RoleDurationTooLong)
            { Profile = "admin", Line = 4, RepairedConfig = $"[profile admin]\n{Role}source_profile = p\nduration_seconds=3600\n" } },
        { "keys in config", new(
            "", $"[profile p]\nregion = x\n{Pair}", MfaFindingId.KeysInConfig)
            { Line = 4, RepairedConfig = "[profile p]\nregion = x\n", RepairedCredentials = $"[p-long-term]\n{Pair}" } },
        { "a session in config", new(LongTerm, $"[profile p]\n{Session}", MfaFindingId.KeysInConfig) { Line = 3 } },
        { "a stale token", new(
            $"[p]\n# mine\n{Pair}aws_session_token = old\nregion = x\n", "", MfaFindingId.StaleSessionToken)
            { Line = 5, RepairedCredentials = $"[p]\n# mine\n{Pair}region = x\n" } },
        { "a stale token under its old name, and an expiry", new(
            $"[p]\n{Pair}expiration = 2020-01-01 00:00:00\naws_security_token = old\n", "", MfaFindingId.StaleSessionToken)
            { Line = 5, RepairedCredentials = $"[p]\n{Pair}" } },
        { "a session without token", new(
            LongTerm + "[p]\naws_access_key_id = ASIAOLD\naws_secret_access_key = s\n", "",
            MfaFindingId.SessionTokenUnclear) { Line = 6 } },
        { "two tokens", new(
            LongTerm + $"[p]\n{Ours}aws_security_token = other\n", "", MfaFindingId.SessionTokenUnclear) { Line = 11 } },
        { "a token under its old name only", new(
            LongTerm + "[p]\naws_access_key_id = ASIAOLD\naws_secret_access_key = s\naws_security_token = t\n", "",
            MfaFindingId.SessionTokenUnclear) { Line = 8 } },
        { "our session over a process", new(
            LongTerm + $"[p]\n{Ours}", "[profile p]\n" + OurProcess, MfaFindingId.KeysBesideOtherSource)
            { Line = 6, RepairedCredentials = LongTerm + $"\n[p-sts]\n{Ours}" } },
        { "another tool's session over a process", new(
            LongTerm + $"[p]\n{Session}", "[profile p]\n" + OurProcess, MfaFindingId.KeysBesideOtherSource) { Line = 6 } },
        { "an expired session over single sign-on", new(
            $"[p]\n{Dead}", "[profile p]\nsso_session = corp\n", MfaFindingId.KeysBesideOtherSource)
            { Line = 2, RepairedCredentials = "" } },
        { "an expired session over aws login", new(
            $"[p]\n{Dead}", "[profile p]\nlogin_session = arn:aws:iam::123456789012:user/a\n", MfaFindingId.KeysBesideOtherSource)
            { Line = 2, RepairedCredentials = "" } },
        { "long-term keys over a process", new(
            $"[p]\n{Pair}", $"[profile p]\n{Process}", MfaFindingId.KeysBesideOtherSource)
            { Line = 2, RepairedCredentials = $"[p-long-term]\n{Pair}" } },
        { "a part of a key over a process", new(
            "[p]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n", $"[profile p]\n{Process}",
            MfaFindingId.KeysBesideOtherSource) { Line = 2 } },
        { "single sign-on over our process", new(
            LongTerm, $"[profile p]\nsso_session = corp\n{OurProcess}", MfaFindingId.OtherSourceBesideProcess) { Line = 2 } },
        { "a section without the word profile", new(
            LongTerm, "# head\n[p]\nregion = x\n", MfaFindingId.SectionIsNoProfile)
            { Line = 2, RepairedConfig = "# head\n[profile p]\nregion = x\n" } },
        { "a section that no other file knows", new(
            "", "[other] ; behind\nrole_arn = x\n[plugins]\na = b\n", MfaFindingId.SectionIsNoProfile)
            { Profile = "other", Line = 1, RepairedConfig = "[profile other] ; behind\nrole_arn = x\n[plugins]\na = b\n", Others = 1 } },
        { "a section beside the right one", new(
            LongTerm, "[p]\nregion = x\n[profile p]\nregion = y\n", MfaFindingId.SectionIsNoProfile) { Line = 1 } },
        { "a byte order mark", new("\ufeff" + LongTerm, "", MfaFindingId.FileReadDifferently)
            { Profile = null, Line = 1, RepairedCredentials = LongTerm } },
        { "a colon for an equals sign", new(LongTerm, "[profile p]\nRegion: x\ns3 =\n  a = b\n", MfaFindingId.FileReadDifferently)
            { Profile = null, Line = 2, RepairedConfig = "[profile p]\nRegion= x\ns3 =\n  a = b\n" } },
        { "a comment behind a section's name", new(LongTerm, "[profile p] # mine\nregion = x\n", MfaFindingId.FileReadDifferently)
            { Profile = null, Line = 1 } },
        { "a file that is none", new("garbage\n", "", MfaFindingId.FileUnreadable) { Profile = null } },
        { "quotes round a key", new(
            LongTerm.Replace(ScratchHome.KeyId, $"\"{ScratchHome.KeyId}\"", StringComparison.Ordinal), "", MfaFindingId.AccessKeyMalformed)
            { Line = 2 } },
        { "an invisible character in a secret", new(
            LongTerm.Replace(ScratchHome.Secret, ScratchHome.Secret + "\u200b", StringComparison.Ordinal), "",
            MfaFindingId.AccessKeyMalformed) { Line = 3 } },
        { "two keys", new(LongTerm + $"[p-nomfa]\n{Pair.Replace("IOSF", "I44Q", StringComparison.Ordinal)}", "",
            MfaFindingId.SeveralLongTermKeys) { Line = 2 } },
        { "a secret beside its store", new(LongTerm + "mfasts_store = System\n", "", MfaFindingId.SecretBesideStore) { Line = 3 } },
        { "a code's program that is not there", new(
            LongTerm, "[profile p]\nmfa_process = no-such-program --otp\n", MfaFindingId.CommandCannotRun) { Line = 2 } },
        { "a process whose program is not there", new(
            LongTerm, "[profile p]\ncredential_process = /no/such/mfasts credential-process p\n", MfaFindingId.CommandCannotRun)
            { Line = 2 } },
        { "a session from the future", new(
            LongTerm + $"[p]\n{Session}expiration = 2026-03-09T12:00:00Z\nmanager = mfasts\n", "", MfaFindingId.ClockBehind) { Line = 9 } },
        { "a region of another partition in the environment", new(
            LongTerm.Replace("arn:aws:", "arn:aws-us-gov:", StringComparison.Ordinal), "", MfaFindingId.RegionOfAnotherPartition)
            { Variables = "AWS_DEFAULT_REGION=us-east-1" } },
        { "a region of another partition in the profile", new(LongTerm, "[profile p]\nregion = cn-north-1\n",
            MfaFindingId.RegionOfAnotherPartition) { Line = 2 } },
        { "keys in the environment", new(LongTerm, "", MfaFindingId.EnvironmentGoesFirst)
            { Profile = null, Variables = "AWS_ACCESS_KEY_ID=AKIAX;AWS_SECRET_ACCESS_KEY=x" } },
        { "an expired session in the environment", new(LongTerm, "", MfaFindingId.EnvironmentGoesFirst)
            { Profile = null, Variables = "MFASTS_PROFILE=p;AWS_ACCESS_KEY_ID=ASIAX;AWS_CREDENTIAL_EXPIRATION=2026-03-04T09:00:00Z" } },
        { "two profiles in the environment", new(LongTerm, "", MfaFindingId.EnvironmentGoesFirst)
            { Profile = null, Variables = "AWS_PROFILE=p;AWS_DEFAULT_PROFILE=q" } },
        { "a pod's role over a profile", new(LongTerm, "", MfaFindingId.EnvironmentGoesFirst)
            { Profile = null, Variables = "AWS_PROFILE=p;AWS_ROLE_ARN=r;AWS_WEB_IDENTITY_TOKEN_FILE=f" } },
    };

    public void Dispose() => _home.Dispose();

    [Theory]
    [MemberData(nameof(Faults))]
    public void Examine_HomeWithAFault_FindsItWhereItIsAndNothingElse(string name, Fault fault)
    {
        Assert.NotEmpty(name);
        Lay(fault);

        var found = Doctor().Examine();

        var finding = found.First(candidate => candidate.Id == fault.Id);
        Assert.Equal(1 + fault.Others, found.Count);
        Assert.Equal((fault.Profile, fault.Line), (finding.Profile, finding.Line));
        Assert.Equal(fault.IsRepaired, finding.CanRepair);
        Assert.All(
            [finding.Message, finding.Affects, finding.Remedy],
            words => Assert.False(words.Contains(ScratchHome.Secret[..8], StringComparison.Ordinal)));
        string one = fault.Profile ?? "p";
        Assert.Contains(Doctor().Examine(one), candidate => candidate.ToString() == finding.ToString());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void Repair_WhatCanBe_ChangesThatAndNoOtherByteAndIsNotFoundAgain(string name, Fault fault)
    {
        Assert.NotEmpty(name);
        Lay(fault);
        var finding = Doctor().Examine().First(candidate => candidate.Id == fault.Id);

        Assert.Equal(fault.IsRepaired, Doctor().Repair(finding, TestContext.Current.CancellationToken));

        Assert.Equal(fault.RepairedCredentials ?? fault.Credentials, Encoding.UTF8.GetString(File.ReadAllBytes(_home.CredentialsPath)));
        Assert.Equal(Fill(fault.RepairedConfig ?? fault.Config), _home.Config);
        Assert.Equal(!fault.IsRepaired, Doctor().Examine().Any(candidate => candidate.Id == fault.Id));

        // Again on what was found before: nothing is left to do.
        Doctor().Repair(finding, TestContext.Current.CancellationToken);
        Assert.Equal(fault.RepairedCredentials ?? fault.Credentials, Encoding.UTF8.GetString(File.ReadAllBytes(_home.CredentialsPath)));
        Assert.Equal(Fill(fault.RepairedConfig ?? fault.Config), _home.Config);
    }

    private string Program => _home.At("bin", "mfasts");

    private string Fill(string config) => config.Replace("{program}", Program, StringComparison.Ordinal);

    private ProfileDoctor Doctor() => new(_home.Files, _home.Environment, _clock);

    private void Lay(Fault fault)
    {
        ScratchHome.Write(Program, "#!/bin/sh\n");
        if (!OperatingSystem.IsWindows())
        {
            Unix.SetMode(Program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        _home.Credentials = fault.Credentials;
        _home.Config = Fill(fault.Config);
        foreach (string file in (string[])[_home.CredentialsPath, _home.ConfigPath])
        {
            File.SetLastWriteTimeUtc(file, _clock.Now.UtcDateTime);
        }

        _home.Variables["PATH"] = "/usr/bin:/bin";
        foreach (string pair in fault.Variables.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            _home.Variables[pair.Split('=')[0]] = pair.Split('=', 2)[1];
        }
    }

    /// <summary>A home with one fault, and the same home repaired.</summary>
    public sealed record Fault(string Credentials, string Config, MfaFindingId Id)
    {
        public string? Profile { get; init; } = "p";

        public int? Line { get; init; }

        public string Variables { get; init; } = string.Empty;

        /// <summary>Findings that come with it.</summary>
        public int Others { get; init; }

        public string? RepairedCredentials { get; init; }

        public string? RepairedConfig { get; init; }

        public bool IsRepaired => RepairedCredentials is not null || RepairedConfig is not null;

        public override string ToString() => Id.ToString();
    }
}

using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;

namespace MfaSts.Cli.Tests.Commands;

public sealed class InitTests : IDisposable
{
    private const string Id = "AKIAIOSFODNN7EXAMPLE";
    private const string OtherId = "AKIAI44QH8DHBEXAMPLE";
    private const string Owner = $"The access key {Id} is that of arn:aws:iam::123456789012:user/alice.\n";
    private const string Done = "Profile 'prod' is set up. Get a session with: mfasts login prod\n";

    private static readonly string Stored = TestHome.LongTerm("prod");

    private readonly ProgramUnderTest _program = new();

    private string Csv => _program.Home.At("accessKeys.csv");

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Person_is_asked_and_the_key_is_proved_and_stored()
    {
        _program.Terminal.WillAnswer(Id, $" {TestHome.LongTermSecret} ", TestHome.Device);

        (await _program.RunAsync("init", "prod")).Gave(string.Empty, Owner + Done);

        Assert.Equal(
            ["AWS access key ID for profile 'prod': ", $"AWS secret access key for {Id}: ", "MFA device ARN for profile 'prod' (Enter to "
                + "skip): "],
            _program.Terminal.Prompts);
        Assert.Equal([$"AWS secret access key for {Id}: "], _program.Terminal.SecretPrompts);
        Assert.Equal((Id, TestHome.LongTermSecret, null, "us-east-1"), _program.Sts.Identified.Single());
        Assert.Equal(Stored, _program.Home.Credentials);
    }

    [Fact]
    public async Task Device_may_be_left_out_and_settings_are_stored()
    {
        _program.Terminal.WillAnswer(Id, TestHome.LongTermSecret, string.Empty);

        (await _program.RunAsync("init", "prod", "--region", "eu-west-3", "--duration", "2h")).Gave(string.Empty, Owner + Done);

        Assert.Equal("eu-west-3", _program.Sts.Identified.Single().Region);
        Assert.DoesNotContain("aws_mfa_device", _program.Home.Credentials, StringComparison.Ordinal);
        Assert.Equal("[profile prod]\nregion = eu-west-3\nduration_seconds = 7200\n", _program.Home.Config);
    }

    [Fact]
    public async Task Device_that_is_given_is_not_asked_for_and_decides_the_partition()
    {
        _program.Terminal.WillAnswer(Id, TestHome.LongTermSecret);

        Assert.Equal(0, (await _program.RunAsync("init", "prod", "--serial-number", "arn:aws-cn:iam::123456789012:mfa/alice")).ExitCode);

        Assert.Equal("cn-north-1", _program.Sts.Identified.Single().Region);
        Assert.Contains("aws_mfa_device = arn:aws-cn:iam::123456789012:mfa/alice\n", _program.Home.Credentials, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_that_aws_does_not_accept_is_not_stored()
    {
        _program.Terminal.WillAnswer(Id, TestHome.LongTermSecret, string.Empty);
        _program.Sts.Failure = MfaErrors.LongTermCredentialRejected("prod", Id, "The security token included in the request is invalid.");

        var ended = await _program.RunAsync("init", "prod");

        ended.Failed(ExitCodes.Of(MfaErrorId.LongTermCredentialRejected));
        Assert.Contains("store it again with: mfasts init prod\n", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(TestHome.LongTermSecret, ended.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_program.Home.CredentialsPath));
    }

    [Fact]
    public async Task Without_a_check_aws_is_not_asked()
    {
        _program.Terminal.WillAnswer(Id, TestHome.LongTermSecret, TestHome.Device);

        (await _program.RunAsync("init", "prod", "--no-check")).Gave(string.Empty, Done);

        Assert.Empty(_program.Sts.Identified);
        Assert.Equal(Stored, _program.Home.Credentials);
    }

    [Fact]
    public async Task Other_key_is_replaced_only_by_force_and_the_secret_is_not_asked_for_before()
    {
        _program.Home.Credentials = Stored;
        _program.Terminal.WillAnswer(OtherId);

        var refused = await _program.RunAsync("init", "prod");

        refused.Failed(ExitCodes.Of(MfaErrorId.ProfileUnsuitable));
        Assert.Contains(
            $"already holds another long-term access key of profile 'prod': {Id}. Nothing was written.\nReplace it with --force",
            refused.Error,
            StringComparison.Ordinal);
        Assert.Empty(_program.Terminal.SecretPrompts);
        Assert.Equal(Stored, _program.Home.Credentials);

        _program.Terminal.WillAnswer(OtherId, TestHome.LongTermSecret + "2");
        Assert.Equal(0, (await _program.RunAsync("init", "prod", "--force")).ExitCode);
        Assert.Equal(TestHome.LongTerm("prod", OtherId, TestHome.LongTermSecret + "2"), _program.Home.Credentials);
    }

    [Fact]
    public async Task Same_key_may_be_entered_again()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod", Id, "mistyped-" + TestHome.LongTermSecret);
        _program.Terminal.WillAnswer(Id, TestHome.LongTermSecret);

        (await _program.RunAsync("init", "prod")).Gave(string.Empty, Owner + Done);

        Assert.Equal(Stored, _program.Home.Credentials);
    }

    [Fact]
    public async Task Session_that_stands_there_by_mistake_is_replaced()
    {
        _program.Home.Credentials = TestHome.LongTerm("prod", "ASIAIOSFODNN7EXAMPLE");
        _program.Terminal.WillAnswer(Id, TestHome.LongTermSecret);

        (await _program.RunAsync("init", "prod")).Gave(string.Empty, Owner + Done);

        Assert.Equal(Stored, _program.Home.Credentials);
    }

    [Fact]
    public async Task File_that_others_can_read_is_warned_about()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are Unix's");
        _program.Home.Credentials = Stored;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_program.Home.CredentialsPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        }

        var ended = await _program.RunAsync("init", "prod", "--region", "eu-west-3");

        Assert.Contains(
            $"warning: '{_program.Home.CredentialsPath}': The file can be read or written by other users.",
            ended.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_alone_are_stored_beside_the_keys_that_are_there()
    {
        _program.Home.Credentials = Stored;

        (await _program.RunAsync("init", "prod", "--region", "eu-west-3")).Gave(string.Empty, Done);

        Assert.Equal((Stored, "[profile prod]\nregion = eu-west-3\n"), (_program.Home.Credentials, _program.Home.Config));
        Assert.Empty(_program.Sts.Identified);
    }

    [Theory]
    [InlineData(MfaErrorId.ProfileNameInvalid, "prod-long-term")]
    [InlineData(MfaErrorId.RegionMismatch, "prod", "--region", "Frankfurt")]
    [InlineData(MfaErrorId.SerialNumberInvalid, "prod", "--serial-number", "x")]
    [InlineData(MfaErrorId.DurationOutOfRange, "prod", "--duration", "1m")]
    public async Task What_cannot_be_is_refused_before_anything_is_asked(MfaErrorId id, params string[] args)
    {
        _program.Terminal.WillAnswer(Id);

        (await _program.RunAsync(["init", .. args])).Failed(ExitCodes.Of(id));

        Assert.Empty(_program.Terminal.Prompts);
    }

    [Fact]
    public async Task Without_a_terminal_it_fails_at_once()
    {
        var ended = await _program.RunAsync("init", "prod");

        ended.Failed(ExitCodes.Of(MfaErrorId.InputRequired));
        Assert.Contains(
            "The access key of profile 'prod' is needed, but cannot be asked for: there is no terminal.",
            ended.Error,
            StringComparison.Ordinal);
        Assert.Empty(_program.Terminal.Prompts);
    }

    [Fact]
    public async Task Nobody_at_the_terminal_stores_nothing()
    {
        _program.Terminal.WillAnswer(Id);
        _program.Terminal.WillAnswer(() => null);

        (await _program.RunAsync("init", "prod")).Failed(ExitCodes.Of(MfaErrorId.InputRequired));

        Assert.Empty(_program.Sts.Identified);
        Assert.False(File.Exists(_program.Home.CredentialsPath));
    }

    [Theory]
    [InlineData(MfaErrorId.AccessKeyMalformed, "ASIAIOSFODNN7EXAMPLE")]
    [InlineData(MfaErrorId.AccessKeyMalformed, "")]
    [InlineData(MfaErrorId.AccessKeyMalformed, Id, "short")]
    [InlineData(MfaErrorId.SerialNumberInvalid, Id, TestHome.LongTermSecret, "arn:aws:iam::123456789012:user/alice")]
    public async Task Answer_that_cannot_be_is_refused_before_anything_is_sent(MfaErrorId id, params string[] answers)
    {
        _program.Terminal.WillAnswer(answers);

        (await _program.RunAsync("init", "prod")).Failed(ExitCodes.Of(id));

        Assert.Equal(answers.Length, _program.Terminal.Prompts.Count);
        Assert.Empty(_program.Sts.Identified);
        Assert.False(File.Exists(_program.Home.CredentialsPath));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Csv_gives_the_key_and_is_deleted_when_that_is_wanted(bool isRemovalWanted)
    {
        WriteCsv($"Access key ID,Secret access key\r\n{Id},{TestHome.LongTermSecret}\r\n");
        string[] removal = isRemovalWanted ? ["--remove-csv"] : [];

        (await _program.RunAsync(["init", "prod", "--csv", Csv, "--serial-number", TestHome.Device, .. removal])).Gave(
            string.Empty,
            Owner + Done + (
                isRemovalWanted ? $"'{Csv}' is deleted.\n" : $"warning: '{Csv}' still holds the secret access key. Delete it with: rm "
                    + $"'{Csv}'\n"));

        Assert.Equal(Stored, _program.Home.Credentials);
        Assert.Equal(!isRemovalWanted, File.Exists(Csv));
        Assert.Equal((Id, TestHome.LongTermSecret), _program.Sts.Identified.Select(call => (call.Id, call.Secret)).Single());
    }

    [Fact]
    public async Task Csv_of_several_users_is_stored_as_a_whole_or_not_at_all()
    {
        WriteCsv(
            $"User name,Access key ID,Secret access key\nalice,{Id},{TestHome.LongTermSecret}\nbob,{OtherId},{TestHome.LongTermSecret}2\n");
        _program.Home.Credentials = TestHome.LongTerm("bob");

        (await _program.RunAsync("init", "--csv", Csv, "--remove-csv")).Failed(ExitCodes.Of(MfaErrorId.ProfileUnsuitable));
        Assert.Equal((TestHome.LongTerm("bob"), 0), (_program.Home.Credentials, _program.Sts.Identified.Count));
        Assert.True(File.Exists(Csv));

        Assert.Equal(0, (await _program.RunAsync("init", "--csv", Csv, "--remove-csv", "--force")).ExitCode);
        Assert.Contains($"[alice-long-term]\naws_access_key_id = {Id}\n", _program.Home.Credentials, StringComparison.Ordinal);
        Assert.Contains($"[bob-long-term]\naws_access_key_id = {OtherId}\n", _program.Home.Credentials, StringComparison.Ordinal);
        Assert.False(File.Exists(Csv));
    }

    [Fact]
    public async Task Csv_whose_key_aws_does_not_accept_stays()
    {
        WriteCsv($"Access key ID,Secret access key\n{Id},{TestHome.LongTermSecret}\n");
        _program.Sts.Failure = MfaErrors.LongTermCredentialRejected("prod", Id, "No.");

        (await _program.RunAsync("init", "prod", "--csv", Csv, "--remove-csv")).Failed(ExitCodes.Of(MfaErrorId.LongTermCredentialRejected));

        Assert.True(File.Exists(Csv));
        Assert.False(File.Exists(_program.Home.CredentialsPath));
    }

    [Fact]
    public async Task Csv_that_is_none_is_refused() =>
        (await _program.RunAsync("init", "prod", "--csv", Csv)).Failed(ExitCodes.Of(MfaErrorId.CsvUnreadable));

    private void WriteCsv(string text) => File.WriteAllText(Csv, text);
}

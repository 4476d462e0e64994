using MfaSts.Errors;
using MfaSts.Roles;
using MfaSts.Sessions;
using MfaSts.SignIn;
using MfaSts.Tests.Roles;

namespace MfaSts.Tests.SignIn;

public sealed class ConsoleSignInTests : IDisposable
{
    private readonly RoleHome _home = new();
    private readonly FakeSignIn _service = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public async Task Address_signs_in_with_the_token_and_leads_to_the_page()
    {
        var session = _home.Get("admin");

        var address = await Console.GetAddressAsync(session, "s3", TestContext.Current.CancellationToken);

        Assert.Equal(
            "https://signin.aws.amazon.com/federation?Action=login&Destination=https%3A%2F%2Feu-west-1.console.aws.amazon.com%2Fs3%2Fhome"
                + "%3Fregion%3Deu-west-1&SigninToken=token%2B%2F%3D%26",
            address.AbsoluteUri);
        var call = Assert.Single(_service.Calls);
        Assert.Equal(
            (session.AccessKeyId, session.SecretAccessKey, session.SessionToken, "https://signin.aws.amazon.com/"),
            (call.AccessKeyId, call.SecretAccessKey, call.SessionToken, call.EndpointUrl!.AbsoluteUri));
    }

    [Theory]
    [InlineData("aws-cn", "https://signin.amazonaws.cn/", "console.amazonaws.cn")]
    [InlineData("aws-us-gov", "https://signin.amazonaws-us-gov.com/", "console.amazonaws-us-gov.com")]
    [InlineData("aws-eusc", "https://eusc-de-east-1.signin.amazonaws-eusc.eu/", "console.amazonaws-eusc.eu")]
    public async Task Each_partition_has_its_own_hosts(string partition, string signIn, string console)
    {
        var address = await Console.GetAddressAsync(RoleSession(partition), null, TestContext.Current.CancellationToken);

        Assert.StartsWith(signIn + "federation?", address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Contains(console, address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partition_without_a_known_sign_in_is_refused_by_name()
    {
        var error = await RefusedAsync(RoleSession("aws-iso"));

        Assert.Equal(MfaErrorId.ProfileUnsuitable, error.Id);
        Assert.Contains("'aws-iso'", error.Message, StringComparison.Ordinal);
        Assert.Empty(_service.Calls);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL", "http://127.0.0.1:5000")]
    [InlineData("AWS_ENDPOINT_URL_SIGNIN", "https://sandbox.example/x")]
    public async Task Configured_endpoint_goes_before_awss(string variable, string url)
    {
        var session = _home.Get("admin");
        _home.Home.Variables[variable] = url;

        var address = await Console.GetAddressAsync(session, null, TestContext.Current.CancellationToken);

        Assert.StartsWith(new Uri(new Uri(url), "federation?").AbsoluteUri, address.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(new Uri(url), Assert.Single(_service.Calls).EndpointUrl);
    }

    [Fact]
    public async Task Keys_are_sent_nowhere_in_clear_but_to_this_machine()
    {
        var session = _home.Get("admin");
        _home.Home.Variables["AWS_ENDPOINT_URL"] = "http://emulator.example:4566";

        var error = await RefusedAsync(session);

        Assert.Equal(MfaErrorId.StsUnreachable, error.Id);
        Assert.Contains("AWS_ENDPOINT_URL", error.Message, StringComparison.Ordinal);
        Assert.Empty(_service.Calls);
    }

    [Fact]
    public void Users_own_session_is_refused_before_anybody_is_asked_and_its_roles_are_named()
    {
        var error = Assert.Throws<MfaException>(() => Require("prod")).Error;

        Assert.Equal(MfaErrorId.ProfileUnsuitable, error.Id);
        Assert.EndsWith("Open-MfaConsole -Profile admin", error.Remedy, StringComparison.Ordinal);
        Assert.Equal((0, 0), _home.Calls);
        Assert.Empty(_home.Caller.Questions);
    }

    [Fact]
    public void Users_own_stored_session_is_refused_as_well_and_without_a_role_it_is_said_how_to_have_one()
    {
        _home.Home.Config = string.Empty;
        _home.Get("prod");

        var error = Assert.Throws<MfaException>(() => Require("prod")).Error;

        Assert.Contains("Open-MfaConsole -Profile prod -RoleArn <ARN>", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_own_session_is_refused_at_the_last_moment_too()
    {
        Assert.Equal(MfaErrorId.ProfileUnsuitable, (await RefusedAsync(_home.Get("prod"))).Id);
        Assert.Empty(_service.Calls);
    }

    [Fact]
    public void Role_is_accepted_stored_or_not_by_profile_or_by_its_arn()
    {
        Require("admin");
        Require("prod", new RoleOptions { RoleArn = RoleHome.Audit });
        _home.Get("admin");
        Require("admin");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("s3")]
    [InlineData("https://console.amazonaws.cn/")]
    [InlineData("https://console.aws.amazon.com/")]
    public void Page_of_some_partition_is_good_enough_before_the_session_is_there(string? destination) =>
        ConsoleSignIn.Check("prod", destination);

    [Fact]
    public void Page_of_none_is_refused_before_the_session_is_got() =>
        Assert.Equal(
            MfaErrorId.DestinationInvalid,
            Assert.Throws<MfaException>(() => ConsoleSignIn.Check("prod", "https://evil.example/")).Error.Id);

    private ConsoleSignIn Console => new(_home.Home.Files, _home.Home.Environment, () => _service);

    private void Require(string profile, RoleOptions? role = null) =>
        Console.RequireRole(_home.Broker, new SessionRequest { Profile = profile, Role = role });

    private async Task<MfaError> RefusedAsync(MfaSession session) => (await Assert.ThrowsAsync<MfaException>(
        () => Console.GetAddressAsync(session, null, TestContext.Current.CancellationToken))).Error;

    private MfaSession RoleSession(string partition) => new(_home.Clock)
    {
        Profile = "admin",
        AccessKeyId = "ASIA",
        SecretAccessKey = "secret",
        SessionToken = "token",
        Expiration = _home.Clock.GetUtcNow().AddHours(1),
        AssumedRoleArn = $"arn:{partition}:iam::210987654321:role/Admin",
        Region = "eu-west-1",
        Section = null,
        Origin = SessionOrigin.Sts,
    };
}

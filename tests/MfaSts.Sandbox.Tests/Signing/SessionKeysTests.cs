using System.Net;
using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests.Signing;

/// <summary>What is asked of temporary keys beyond a signature.</summary>
public sealed class SessionKeysTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("IQoJb3JpZ2luX2Vjx")]
    public async Task Call_with_session_keys_and_no_or_a_wrong_token_is_refused(string? token)
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await sandbox.GetMfaSessionAsync();

        (await sandbox.CallAsAsync(new Keys(session.AccessKeyId, session.SecretAccessKey, token), "GetCallerIdentity"))
            .AssertRefused(HttpStatusCode.Forbidden, "InvalidClientTokenId", "The security token included in the request is invalid.");
    }

    [Fact]
    public async Task Call_with_another_sessions_token_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var one = await sandbox.GetPlainSessionAsync();
        var other = await sandbox.GetPlainSessionAsync();

        (await sandbox.CallAsAsync(new Keys(one.AccessKeyId, one.SecretAccessKey, other.SessionToken), "GetCallerIdentity"))
            .AssertRefused(HttpStatusCode.Forbidden, "InvalidClientTokenId");
    }

    [Fact]
    public async Task Call_with_long_term_keys_and_a_sessions_token_is_refused()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await sandbox.GetMfaSessionAsync();
        var mixed = new Keys(sandbox.AliceKeys.AccessKeyId, sandbox.AliceKeys.SecretAccessKey, session.SessionToken);

        (await sandbox.CallAsAsync(mixed, "GetCallerIdentity"))
            .AssertRefused(HttpStatusCode.Forbidden, "InvalidClientTokenId");
    }

    [Fact]
    public async Task Call_with_a_session_is_served_up_to_its_expiry_and_refused_from_then_on()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await sandbox.GetMfaSessionAsync();
        sandbox.Clock.Advance(TimeSpan.FromSeconds(43199));
        (await sandbox.CallAsAsync(session, "GetCallerIdentity")).AssertServed();

        sandbox.Clock.Advance(TimeSpan.FromSeconds(1));
        (await sandbox.CallAsAsync(session, "GetCallerIdentity"))
            .AssertRefused(HttpStatusCode.Forbidden, "ExpiredToken", "The security token included in the request is expired");
    }
}

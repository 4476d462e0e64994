using MfaSts.Conformance.Tests.Support;
using MfaSts.Sandbox;

namespace MfaSts.Conformance.Tests;

/// <summary>
/// aws-mfa itself, in its every naming of the sections, turn and turn about with MfaSts on one file. AWS_MFA_SOURCE names a checkout of it.
/// </summary>
public sealed class AwsMfaTests
{
    private const string StillValid = "Your credentials are still valid for ";

    [Theory]
    [InlineData("prod-long-term", "prod")]
    [InlineData("prod-keys", "prod", "--long-term-suffix", "keys")]
    [InlineData("prod-long-term", "prod-mfa", "--short-term-suffix", "mfa")]
    [InlineData("prod", "prod-mfa", "--long-term-suffix", "none", "--short-term-suffix", "mfa")]
    [InlineData("prod-keys", "prod-mfa", "--long-suffix", "keys", "--short-suffix", "mfa")]
    public async Task Session_of_either_is_valid_to_the_other(string longTerm, string section, params string[] options)
    {
        string program = Program();
        var clock = new AdvancedClock();
        await using var server = await SandboxServer.StartAsync(clock: clock, cancellationToken: TestContext.Current.CancellationToken);
        using var person = new Person(server.Endpoint);
        var (key, device) = (server.Account.Users[0].AccessKeys[0], server.Account.Users[0].MfaDevices[0]);
        person.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        person.Credentials =
            $"[{longTerm}]\naws_access_key_id = {key.AccessKeyId}\naws_secret_access_key = {key.SecretAccessKey}\naws_mfa_device = "
                + $"{device.SerialNumber}\n";

        await RunAsync("--token", device.CodeAt(clock.GetUtcNow()));
        string left = person.Credentials;
        var theirs = person.FindUsable();
        Assert.Equal((section, left), (theirs?.Section, person.Credentials));

        // The service accepts it early.
        var ours = await person.RedeemAsync(person.Prepare(force: true), device.CodeAt(clock.GetUtcNow().AddSeconds(30)));
        string owner = section == Person.Profile ? string.Empty : "mfasts_profile = prod\n";
        Assert.Equal(
            left.Replace(theirs!.AccessKeyId, ours.AccessKeyId, StringComparison.Ordinal)
                .Replace(theirs.SecretAccessKey, ours.SecretAccessKey, StringComparison.Ordinal)
                .Replace(theirs.SessionToken, ours.SessionToken, StringComparison.Ordinal)
                .Replace(
                    $"{theirs.Expiration:yyyy-MM-dd HH:mm:ss}\n",
                    $"{ours.Expiration:yyyy-MM-dd HH:mm:ss}\nmanager = mfasts\n{owner}mfasts_endpoint = {server.Endpoint.AbsoluteUri}\n",
                    StringComparison.Ordinal),
            person.Credentials);
        string written = person.Credentials;
        Assert.Contains(StillValid, await RunAsync(), StringComparison.Ordinal);
        Assert.Equal(written, person.Credentials);

        clock.Advance = TimeSpan.FromSeconds(60);
        Assert.Contains("Success!", await RunAsync("--force", "--token", device.CodeAt(clock.GetUtcNow())), StringComparison.Ordinal);
        var renewed = person.FindUsable();
        Assert.NotEqual(ours.AccessKeyId, renewed?.AccessKeyId);
        Assert.Equal(server.Account.Sessions[^1].AccessKeyId, renewed?.AccessKeyId);
        Assert.Equal(3, server.Account.Sessions.Count);

        async Task<string> RunAsync(params string[] more)
        {
            var child = await Child.RunAsync(person.Environment, "python3", [program, "--profile", Person.Profile, .. options, .. more]);
            Assert.True(child.ExitCode == 0, child.Output + child.Error);
            return child.Output;
        }
    }

    private static string Program()
    {
        string? source = Environment.GetEnvironmentVariable("AWS_MFA_SOURCE");
        Assert.SkipWhen(string.IsNullOrEmpty(source), "AWS_MFA_SOURCE names no checkout of aws-mfa.");
        return Path.Combine(source!, "aws-mfa");
    }

    /// <summary>The service's clock, put forward so that nobody waits for the device's next code.</summary>
    private sealed class AdvancedClock : TimeProvider
    {
        internal TimeSpan Advance { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Advance;
    }
}

using MfaSts.Sandbox.Tests.Support;

namespace MfaSts.Sandbox.Tests;

public sealed class SandboxAccountTests
{
    [Fact]
    public void CreateDefault_has_alice_with_one_key_and_one_device()
    {
        var alice = Assert.Single(SandboxAccount.CreateDefault().Users);

        Assert.Equal("arn:aws:iam::123456789012:user/alice", alice.Arn);
        Assert.Matches("^AKIA[A-Z2-7]{16}$", Assert.Single(alice.AccessKeys).AccessKeyId);
        Assert.Matches("^[A-Za-z0-9+/]{40}$", alice.AccessKeys[0].SecretAccessKey);
        Assert.Equal("arn:aws:iam::123456789012:mfa/alice", Assert.Single(alice.MfaDevices).SerialNumber);
        Assert.Matches("^[A-Z2-7]{32}$", alice.MfaDevices[0].Seed);
        Assert.Matches("^AIDA[A-Z2-7]{17}$", alice.UserId);
    }

    [Fact]
    public void CreateDefault_twice_shares_no_secret()
    {
        var one = SandboxAccount.CreateDefault().Users[0];
        var other = SandboxAccount.CreateDefault().Users[0];

        Assert.NotEqual(one.AccessKeys[0].SecretAccessKey, other.AccessKeys[0].SecretAccessKey);
        Assert.NotEqual(one.AccessKeys[0].AccessKeyId, other.AccessKeys[0].AccessKeyId);
        Assert.NotEqual(one.MfaDevices[0].Seed, other.MfaDevices[0].Seed);
    }

    [Theory]
    [InlineData("12345678901")]
    [InlineData("1234567890123")]
    [InlineData("12345678901a")]
    public void New_account_whose_id_is_not_twelve_digits_is_refused(string accountId) =>
        Assert.Throws<ArgumentException>(nameof(accountId), () => new SandboxAccount(accountId));

    [Fact]
    public void AddUser_with_a_path_has_it_in_the_arn() =>
        Assert.Equal("arn:aws:iam::210987654321:user/ops/bob", new SandboxAccount("210987654321").AddUser("bob", "/ops/").Arn);

    [Fact]
    public void AddUser_named_root_is_the_owner()
    {
        var root = new SandboxAccount().AddUser("root");

        Assert.True(root.IsRoot);
        Assert.Equal("arn:aws:iam::123456789012:root", root.Arn);
        Assert.Equal("123456789012", root.UserId);
    }

    [Fact]
    public void AddUser_from_many_threads_loses_none()
    {
        var account = new SandboxAccount();

        Parallel.For(0, 200, i => account.AddUser($"user{i}").AddAccessKey());

        Assert.Equal(200, account.Users.Count);
        Assert.All(account.Users, user => Assert.Single(user.AccessKeys));
    }

    [Fact]
    public async Task ToString_of_all_that_holds_secrets_shows_none()
    {
        await using var sandbox = await TestSandbox.StartAsync();
        var session = await sandbox.GetMfaSessionAsync();
        string[] secrets =
            [sandbox.AliceKeys.SecretAccessKey, sandbox.Device.Seed, sandbox.Code, session.SecretAccessKey, session.SessionToken!];

        object[] holders =
        [
            sandbox.Server, sandbox.Server.Account, sandbox.Alice, sandbox.Alice.AccessKeys[0], sandbox.Device,
            sandbox.Server.Account.Sessions[0], sandbox.SignerOf(session), sandbox.Server.Account.FindPrincipal(
                session.AccessKeyId, sandbox.Clock.GetUtcNow())!,
            .. sandbox.Server.Requests,
        ];

        Assert.All(holders, holder =>
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, holder.ToString(), StringComparison.Ordinal)));
    }
}

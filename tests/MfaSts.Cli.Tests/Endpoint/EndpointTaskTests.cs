using MfaSts.Cli.Endpoint;
using MfaSts.Cli.Tests.Support;
using MfaSts.Roles;
using MfaSts.Sessions;

namespace MfaSts.Cli.Tests.Endpoint;

public sealed class EndpointTaskTests
{
    private readonly SettableClock _clock = new();

    [Fact]
    public void All_of_it_arrives()
    {
        var role = new RoleOptions
        {
            RoleArn = "arn:aws:iam::210987654321:role/Admin",
            ExternalId = "x",
            RoleSessionName = "n",
            Tags = [new("a", "b"), new("c", "d")],
            TransitiveTagKeys = ["a"],
            SourceIdentity = "i",
            Policy = "{\"é\":1}",
            PolicyArns = ["p", "q"],
        };
        var read = Pass(new SessionRequest { Profile = "prod", SessionProfile = "s", Role = role });

        var (request, taken) = (read.Request, read.Request.Role!);
        Assert.Equal((7, "token", true, "prod", "s"), (read.Command, read.Token, read.IsQuiet, request.Profile, request.SessionProfile));
        Assert.Equal(
            (role.RoleArn, "x", "n", "i", role.Policy),
            (taken.RoleArn, taken.ExternalId, taken.RoleSessionName, taken.SourceIdentity, taken.Policy));
        Assert.Equal(role.Tags, taken.Tags);
        Assert.Equal(role.TransitiveTagKeys, taken.TransitiveTagKeys);
        Assert.Equal(role.PolicyArns, taken.PolicyArns);
        Assert.Equal(
            ("ASIA", "secret", "session-token", true, _clock.GetUtcNow().AddHours(1), "prod"),
            (read.Session.AccessKeyId, read.Session.SecretAccessKey, read.Session.SessionToken, read.Session.IsDirect,
                read.Session.Expiration, read.Session.Profile));
    }

    [Fact]
    public void What_is_not_given_stays_so()
    {
        var read = Pass(new SessionRequest { Profile = "prod" });

        Assert.Null(read.Request.SessionProfile);
        Assert.Null(read.Request.Role);
    }

    [Fact]
    public void Half_of_it_is_refused()
    {
        byte[] bytes = Make(new SessionRequest { Profile = "prod" }).ToBytes();

        Assert.Throws<EndOfStreamException>(() => EndpointTask.Read(new MemoryStream(bytes[..^9]), _clock));
    }

    [Fact]
    public void Text_of_it_has_no_secret() => Assert.Equal("prod", Make(new SessionRequest { Profile = "prod" }).ToString());

    private EndpointTask Pass(SessionRequest request) => EndpointTask.Read(new MemoryStream(Make(request).ToBytes()), _clock);

    private EndpointTask Make(SessionRequest request) => new(
        7,
        "token",
        IsQuiet: true,
        request,
        new MfaSession(_clock)
        {
            Profile = "prod",
            AccessKeyId = "ASIA",
            SecretAccessKey = "secret",
            SessionToken = "session-token",
            Expiration = _clock.GetUtcNow().AddHours(1),
            IsDirect = true,
            Section = "prod",
            Origin = SessionOrigin.Store,
        });
}

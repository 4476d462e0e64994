using MfaSts.Errors;
using MfaSts.Roles;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Roles;

/// <summary>A home with long-term keys of profile prod, and profiles of roles over it.</summary>
public sealed class RoleHome : IDisposable
{
    public const string Admin = "arn:aws:iam::210987654321:role/ops/Admin";
    public const string Audit = "arn:aws:iam::210987654321:role/Audit";

    public RoleHome()
    {
        Sts = new FakeSts(Clock);
        Caller = new FakeCaller(TestContext.Current.CancellationToken);
        Home.Credentials = ScratchHome.LongTermSection("prod");
        Home.Config = $"[profile prod]\nregion = eu-west-1\n\n[profile admin]\nrole_arn = {Admin}\nsource_profile = prod\n";
    }

    public ScratchHome Home { get; } = new();

    public TestClock Clock { get; } = new();

    public FakeSts Sts { get; }

    public FakeCaller Caller { get; }

    public SessionBroker Broker => new(Home.Files, Home.Environment, () => Sts, Clock, KeyStores.FileOnly);

    public SessionFlow Flow => new(Broker, Home.Files, Clock, Caller);

    public SessionStore Store => new(Home.Files, Clock);

    public MfaSession Get(
        string profile,
        string? tokenCode = null,
        TimeSpan? duration = null,
        bool force = false,
        RoleOptions? role = null,
        string? section = null) =>
        Flow.Get(
            new SessionRequest
            {
                Profile = profile,
                Duration = duration,
                Force = force,
                Role = role,
                SessionProfile = section,
            }, tokenCode)!;

    public MfaSession? Find(string profile) => Broker.FindUsable(new SessionRequest { Profile = profile });

    public MfaError Refused(string profile, TimeSpan? duration = null, RoleOptions? role = null, string? section = null) =>
        Assert.Throws<MfaException>(() => Get(profile, duration: duration, role: role, section: section)).Error;

    /// <summary>How often a code was sent, and how often a role was taken.</summary>
    public (int Codes, int Roles) Calls => (Sts.Calls, Sts.RoleCalls.Count);

    public void Dispose() => Home.Dispose();
}

using System.Xml.Linq;

namespace MfaSts.Sandbox.Query;

/// <summary>AWS STS.</summary>
internal sealed partial class StsService : QueryService
{
    private static readonly TimeSpan RootLimit = TimeSpan.FromHours(1);

    private readonly AccountSet _accounts;
    private readonly HashSet<string> _disabledRegions;

    internal StsService(AccountSet accounts, IEnumerable<string> disabledRegions)
        : base("sts", "2011-06-15")
    {
        _accounts = accounts;
        _disabledRegions = [.. disabledRegions];
        Operations = new Dictionary<string, Func<QueryCall, object[]>>(StringComparer.Ordinal)
        {
            ["GetCallerIdentity"] = GetCallerIdentity,
            ["GetSessionToken"] = GetSessionToken,
            ["AssumeRole"] = AssumeRole,
        };
    }

    protected override IReadOnlyDictionary<string, Func<QueryCall, object[]>> Operations { get; }

    // Needs no permission, and works in a region that is switched off too.
    private object[] GetCallerIdentity(QueryCall call)
    {
        var caller = call.Principal;
        return [Element("Arn", caller.Arn), Element("UserId", caller.UserId), Element("Account", caller.Account.AccountId)];
    }

    private object[] GetSessionToken(QueryCall call)
    {
        RequireRegion(call);
        var user = call.Principal.Origin;
        if (call.Principal.Session is not null)
        {
            throw Refusals.GetSessionTokenWithSession();
        }

        // Uncertain: the order of AWS's checks. A code is not spent here by a call that is wrong in other ways.
        var input = SessionTokenInput.Read(call);
        bool hasMfa = input.Mfa.Spend(call);
        var duration = user.IsRoot && input.Duration > RootLimit ? RootLimit : input.Duration;
        var session = new SandboxSession(user, call.Now, ExpirationOf(call, duration), mfaAt: hasMfa ? call.Now : null);
        return [Credentials(user.Account.Issue(session))];
    }

    private void RequireRegion(QueryCall call)
    {
        if (_disabledRegions.Contains(call.Region))
        {
            throw Refusals.RegionDisabled(call.Principal.Account.AccountId);
        }
    }

    private static DateTimeOffset ExpirationOf(QueryCall call, TimeSpan duration) => AwsTime.WholeSeconds(call.Now) + duration;

    private XElement Credentials(SandboxSession session) => Element(
        "Credentials",
        Element("AccessKeyId", session.AccessKeyId),
        Element("SecretAccessKey", session.SecretAccessKey),
        Element("SessionToken", session.SessionToken),
        Element("Expiration", AwsTime.Extended(session.Expiration)));
}

namespace MfaSts.Sandbox.Query;

/// <summary>AWS STS.</summary>
internal sealed class StsService : QueryService
{
    private static readonly TimeSpan RootLimit = TimeSpan.FromHours(1);

    private readonly SandboxAccount _account;
    private readonly HashSet<string> _disabledRegions;

    internal StsService(SandboxAccount account, IEnumerable<string> disabledRegions)
        : base("sts", "2011-06-15")
    {
        _account = account;
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
    private object[] GetCallerIdentity(QueryCall call) =>
        [Element("Arn", call.User.Arn), Element("UserId", call.User.UserId), Element("Account", _account.AccountId)];

    private object[] GetSessionToken(QueryCall call)
    {
        if (_disabledRegions.Contains(call.Region))
        {
            throw Refusals.RegionDisabled(_account.AccountId);
        }

        if (call.Principal.Session is not null)
        {
            throw Refusals.GetSessionTokenWithSession();
        }

        // Uncertain: the order of AWS's checks. A code is not spent here by a call that is wrong in other ways.
        var input = SessionTokenInput.Read(call);
        bool hasMfa = CheckCode(call, input);
        var duration = call.User.IsRoot && input.Duration > RootLimit ? RootLimit : input.Duration;
        var session = _account.IssueSession(call.User, AwsTime.WholeSeconds(call.Now) + duration, hasMfa);
        return
        [
            Element(
                "Credentials",
                Element("AccessKeyId", session.AccessKeyId),
                Element("SecretAccessKey", session.SecretAccessKey),
                Element("SessionToken", session.SessionToken),
                Element("Expiration", AwsTime.Extended(session.Expiration))),
        ];
    }

    private object[] AssumeRole(QueryCall call) =>
        throw Refusals.AccessDenied(call.User, "sts:AssumeRole", call.Parameter("RoleArn") ?? "*");

    /// <summary>Whether the call proves MFA.</summary>
    private static bool CheckCode(QueryCall call, SessionTokenInput input)
    {
        if (input is { SerialNumber: null, TokenCode: null })
        {
            return false;
        }

        if (input.SerialNumber is null || input.TokenCode is null)
        {
            throw Refusals.SerialAndCodeBelongTogether();
        }

        var device = call.User.MfaDevices.FirstOrDefault(d => d.SerialNumber == input.SerialNumber)
            ?? throw Refusals.DeviceRejected();
        return device.Accept(input.TokenCode, call.Now) ? true : throw Refusals.CodeRejected();
    }
}

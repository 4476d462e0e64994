using System.Management.Automation.Host;
using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Renewal;

/// <summary>The prompt as the caller for a session that comes without a question.</summary>
internal static class SilentCaller
{
    private const string WhyNot = "a prompt renews without a question";

    public static DelegateCaller For(PSHost host, RenewalNotices notices) => new()
    {
        IsExplicit = false,
        WhyNotAsk = () => WhyNot,
        AskForCode = plan => throw MfaErrors.TokenCodeRequired(plan.Source, WhyNot),
        WaitForNextCode = spent => throw spent,
        MayDo = (_, _) => true,
        StoreDevice = (_, _) => { },
        Await = (start, activity) => HostWait.For(host, activity, start),
        Detail = _ => { },
        Tell = notices.TellOnce,
        Warn = (warning, _) => notices.TellOnce(warning),
    };
}

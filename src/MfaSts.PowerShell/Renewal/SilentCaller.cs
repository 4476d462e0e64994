using System.Management.Automation.Host;
using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.PowerShell.Renewal;

/// <summary>The prompt as the caller for a session that comes without a question.</summary>
internal sealed class SilentCaller(PSHost host, RenewalNotices notices) : ISessionCaller
{
    public bool IsExplicit => false;

    public string? WhyNotAsk() => "a prompt renews without a question";

    public string AskForCode(SessionPlan plan) => throw MfaErrors.TokenCodeRequired(plan.Source, WhyNotAsk()!);

    public void WaitForNextCode(MfaException spent) => throw spent;

    public bool MayDo(string target, string action) => true;

    public void StoreDevice(string profile, string? region)
    {
    }

    public T Wait<T>(Func<CancellationToken, Task<T>> start, string activity) => HostWait.For(host, activity, start);

    public void Detail(string line)
    {
    }

    public void Tell(string line) => notices.TellOnce(line);

    public void Warn(string warning, bool isLasting) => notices.TellOnce(warning);
}

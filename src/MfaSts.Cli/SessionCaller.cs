using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.Cli;

/// <summary>The program as the caller for a session: it asks on the terminal, and a command that was given may do what it takes.</summary>
/// <param name="host">The outside.</param>
/// <param name="messages">What is said to the person.</param>
/// <param name="broker">Knows who else is asking.</param>
/// <param name="isExplicit">A person called for the session.</param>
/// <param name="cancellationToken">Ends every wait at once.</param>
internal sealed class SessionCaller(
    CliHost host, Messages messages, SessionBroker broker, bool isExplicit, CancellationToken cancellationToken) : ISessionCaller
{
    public bool IsExplicit => isExplicit;

    public string? WhyNotAsk() => host.Terminal.WhyNotAsk();

    public string AskForCode(SessionPlan plan) =>
        host.Terminal.AskSecret($"{plan.Question}: ", cancellationToken)
            ?? throw MfaErrors.TokenCodeRequired(plan.Source, "nobody answered on the terminal");

    public void WaitForNextCode(MfaException spent) => throw spent;

    public bool MayDo(string target, string action) => true;

    public void StoreDevice(string profile, string? region) =>
        new DeviceSource(host, messages).StoreAsync(profile, region, broker, isExplicit, cancellationToken).GetAwaiter().GetResult();

    public T Wait<T>(Func<CancellationToken, Task<T>> start, string activity) => start(cancellationToken).GetAwaiter().GetResult();

    public void Detail(string line) => messages.Detail(line);

    public void Tell(string line) => messages.Say(line);

    public void Warn(string warning, bool isLasting) => messages.Warn(warning);
}

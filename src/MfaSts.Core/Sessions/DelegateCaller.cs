using MfaSts.Errors;

namespace MfaSts.Sessions;

/// <summary>
/// A caller for a session that is put together from its parts. The module's classes cannot implement <see cref="ISessionCaller"/>
/// themselves: PowerShell looks at all types of the module before any of its code runs, and a type that implements an interface of this
/// assembly has it loaded then, before the image that was precompiled for the system can be chosen.
/// </summary>
public sealed class DelegateCaller : ISessionCaller
{
    /// <inheritdoc/>
    public required bool IsExplicit { get; init; }

    /// <inheritdoc cref="ISessionCaller.WhyNotAsk"/>
    public required Func<string?> WhyNotAsk { get; init; }

    /// <inheritdoc cref="ISessionCaller.AskForCode"/>
    public required Func<SessionPlan, string> AskForCode { get; init; }

    /// <inheritdoc cref="ISessionCaller.WaitForNextCode"/>
    public required Action<MfaException> WaitForNextCode { get; init; }

    /// <inheritdoc cref="ISessionCaller.MayDo"/>
    public required Func<string, string, bool> MayDo { get; init; }

    /// <inheritdoc cref="ISessionCaller.StoreDevice"/>
    public required Action<string, string?> StoreDevice { get; init; }

    /// <summary>Waits for something that takes its time, told what to begin and what it is called.</summary>
    public required Action<Func<CancellationToken, Task>, string> Await { get; init; }

    /// <inheritdoc cref="ISessionCaller.Detail"/>
    public required Action<string> Detail { get; init; }

    /// <inheritdoc cref="ISessionCaller.Tell"/>
    public required Action<string> Tell { get; init; }

    /// <inheritdoc cref="ISessionCaller.Warn"/>
    public required Action<string, bool> Warn { get; init; }

    string? ISessionCaller.WhyNotAsk() => WhyNotAsk();

    string ISessionCaller.AskForCode(SessionPlan plan) => AskForCode(plan);

    void ISessionCaller.WaitForNextCode(MfaException spent) => WaitForNextCode(spent);

    bool ISessionCaller.MayDo(string target, string action) => MayDo(target, action);

    void ISessionCaller.StoreDevice(string profile, string? region) => StoreDevice(profile, region);

    T ISessionCaller.Wait<T>(Func<CancellationToken, Task<T>> start, string activity)
    {
        T result = default!;
        Await(async token => result = await start(token).ConfigureAwait(false), activity);
        return result;
    }

    void ISessionCaller.Detail(string line) => Detail(line);

    void ISessionCaller.Tell(string line) => Tell(line);

    void ISessionCaller.Warn(string warning, bool isLasting) => Warn(warning, isLasting);
}

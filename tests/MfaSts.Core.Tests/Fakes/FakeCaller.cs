using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.Tests.Fakes;

/// <summary>A person who answers with a code, or who is not there.</summary>
public sealed class FakeCaller(CancellationToken cancellationToken) : ISessionCaller
{
    private int _code = 100000;

    public bool IsExplicit { get; set; } = true;

    public bool IsThere { get; set; } = true;

    public bool MayDoIt { get; set; } = true;

    public List<string> Questions { get; } = [];

    public List<string> Done { get; } = [];

    public List<string> Details { get; } = [];

    public string? WhyNotAsk() => IsThere ? null : "nobody is there";

    public string AskForCode(SessionPlan plan)
    {
        Questions.Add(plan.Question);
        return $"{++_code}";
    }

    public void WaitForNextCode(MfaException spent) => throw spent;

    public bool MayDo(string target, string action)
    {
        Done.Add($"{action} -> {target}");
        return MayDoIt;
    }

    public void StoreDevice(string profile, string? region) => throw new NotSupportedException();

    public T Wait<T>(Func<CancellationToken, Task<T>> start, string activity) => start(cancellationToken).GetAwaiter().GetResult();

    public void Detail(string line) => Details.Add(line);

    public void Tell(string line) => Details.Add(line);

    public void Warn(string warning, bool isLasting) => Details.Add(warning);
}

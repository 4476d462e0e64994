using MfaSts.SignIn;
using MfaSts.Sts;

namespace MfaSts.Tests.SignIn;

/// <summary>A sign-in without a network, which gives one token and keeps what it was sent.</summary>
public sealed class FakeSignIn : ISignIn
{
    public const string Token = "token+/=&";

    public IList<StsCall> Calls { get; } = [];

    public Task<StsAnswer<string>> GetSigninTokenAsync(StsCall call, CancellationToken cancellationToken)
    {
        Calls.Add(call);
        return Task.FromResult(new StsAnswer<string>(Token, null));
    }
}

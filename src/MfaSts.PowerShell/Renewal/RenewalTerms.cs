using MfaSts.Sessions;

namespace MfaSts.PowerShell.Renewal;

/// <summary>What a shell renews, as Use-MfaSession -Renew was told.</summary>
/// <param name="request">Whose session; one with any time left is one.</param>
/// <param name="notice">With this much time left, or less, it is renewed.</param>
/// <param name="isByProfile">The session is named in AWS_PROFILE, and no key is in the environment.</param>
/// <param name="mayAsk">A person may be asked here.</param>
internal sealed class RenewalTerms(SessionRequest request, TimeSpan notice, bool isByProfile, bool mayAsk)
{
    // Fields, since each accessor costs a shell's start a compilation.
    public readonly SessionRequest Request = request;
    public readonly TimeSpan Notice = notice;
    public readonly bool IsByProfile = isByProfile;
    public readonly bool MayAsk = mayAsk;
}

using MfaSts.Errors;
using MfaSts.Sts;

namespace MfaSts.SignIn;

/// <summary>What is asked of AWS's sign-in, the front door of the console.</summary>
public interface ISignIn
{
    /// <summary>
    /// Trades a role's session for a token with which a browser is signed in once (IAM user guide, "Enable custom identity broker access to
    /// the AWS console", getSigninToken). It is sent as a form: in an address the keys would be in the logs of proxies.
    /// </summary>
    /// <param name="call">The session's keys, and as <see cref="StsCall.EndpointUrl"/> the sign-in's address.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="MfaException">SignInRefused, StsUnreachable, StsFailed.</exception>
    Task<StsAnswer<string>> GetSigninTokenAsync(StsCall call, CancellationToken cancellationToken);
}

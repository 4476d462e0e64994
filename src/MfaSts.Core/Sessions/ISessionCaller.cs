using MfaSts.Errors;

namespace MfaSts.Sessions;

/// <summary>
/// Who wants a session: a cmdlet, or a command of the program. How a person is asked, told and kept waiting there is the caller's; the
/// order of the steps is <see cref="SessionFlow"/>'s, which calls all of this on its own thread.
/// </summary>
public interface ISessionCaller
{
    /// <summary>
    /// A person called for this session. Otherwise, while another process asks, that one is waited for and nobody is asked here too.
    /// </summary>
    bool IsExplicit { get; }

    /// <summary>Why nobody can be asked, as the end of a sentence; null when somebody can.</summary>
    string? WhyNotAsk();

    /// <summary>Asks for the code, which is not shown while it is typed.</summary>
    /// <param name="plan">What the code is for.</param>
    /// <exception cref="MfaException">TokenCodeRequired: nobody answered.</exception>
    string AskForCode(SessionPlan plan);

    /// <summary>
    /// Tells that a code was used before, and waits until the device shows the next one; or throws the error, where nobody waits.
    /// </summary>
    void WaitForNextCode(MfaException spent);

    /// <summary>Whether something may be done (<c>-WhatIf</c>, <c>-Confirm</c>).</summary>
    /// <param name="target">What it is done to.</param>
    /// <param name="action">What it is.</param>
    bool MayDo(string target, string action);

    /// <summary>Asks AWS for a profile's MFA device, the person for one of several, and stores it.</summary>
    /// <exception cref="MfaException">SerialNumberMissing, SerialNumberAmbiguous, or what AWS answers.</exception>
    void StoreDevice(string profile, string? region);

    /// <summary>Waits for something that takes its time.</summary>
    /// <param name="start">Begins it; the token ends it at once.</param>
    /// <param name="activity">What is waited for.</param>
    T Wait<T>(Func<CancellationToken, Task<T>> start, string activity);

    /// <summary>Says what is used and why, to those who want to know.</summary>
    void Detail(string line);

    /// <summary>Says something to the person who is about to be asked.</summary>
    void Tell(string line);

    /// <summary>Warns.</summary>
    /// <param name="warning">A sentence.</param>
    /// <param name="isLasting">It tells of the files or the environment, so that it need not be said each time.</param>
    void Warn(string warning, bool isLasting);
}

using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using MfaSts.Errors;
using MfaSts.Loopback;

namespace MfaSts.SignIn;

/// <summary>
/// An address of this machine that leads to another one, once. What a browser is told to open is an argument of a process, which every user
/// of the machine can read, and audit logs keep; so it is not the secret one. Nor is it of use to another user who reads it and is faster:
/// where the system tells whose a connection is, only this user's is served.
/// </summary>
/// <param name="target">The secret address.</param>
internal sealed class OneTimeAddress(Uri target)
{
    private const int NotThere = 127;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly string _path = "/" + Unguessable.Make();
    private int _isUsed;

    /// <summary>Whether a connection is this user's.</summary>
    internal Func<IPEndPoint, IPEndPoint, bool> IsOwn { get; init; } = LoopbackPeer.IsOfThisUser;

    /// <summary>Has it opened, and waits until the browser has come for it.</summary>
    /// <param name="profile">The profile, for the error.</param>
    /// <param name="open">Opens an address in the browser.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <exception cref="MfaException">ProgramMissing.</exception>
    public async Task OpenAsync(string profile, Func<Uri, Process?> open, CancellationToken cancellationToken)
    {
        using var listener = LoopbackServer.Listen();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        var place = (IPEndPoint)listener.LocalEndPoint!;
        var serving = new LoopbackServer(listener, (request, client) => Answer(request, client, place)).RunAsync(limit.Token);
        string? fault = null;
        try
        {
            using var browser = open(new Uri($"http://{place}{_path}"));
            fault = await FaultAsync(browser, serving, limit.Token).ConfigureAwait(false);
        }
        catch (Win32Exception e)
        {
            fault = $"it could not be started ({e.Message.TrimEnd('.')})";
        }

        await limit.CancelAsync().ConfigureAwait(false);
        await serving.ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (_isUsed == 0)
        {
            throw MfaErrors.BrowserMissing(profile, fault ?? $"none has come within {Limit.TotalSeconds:0} seconds");
        }
    }

    /// <summary>Answers a request.</summary>
    internal LoopbackAnswer Answer(LoopbackRequest request, IPEndPoint client, IPEndPoint place)
    {
        if (request.Host != place.ToString() || request.Target != _path)
        {
            return LoopbackAnswer.Refusal(404, "NotFound", "There is nothing here.");
        }

        if (request.Method != "GET")
        {
            return LoopbackAnswer.Refusal(405, "MethodNotAllowed", "Only GET is served.", "Allow: GET");
        }

        if (!IsOwn(client, place))
        {
            return LoopbackAnswer.Refusal(403, "Forbidden", "The address is another user's.");
        }

        // The browser shall not tell the console's server, nor its own history, where it came from.
        return Interlocked.Exchange(ref _isUsed, 1) == 0
            ? new LoopbackAnswer(302, "text/plain", [], $"Referrer-Policy: no-referrer\r\nLocation: {target.AbsoluteUri}") { IsLast = true }
            : LoopbackAnswer.Refusal(410, "Gone", "The address has been used.");
    }

    // A helper that ends well has handed the address over: the browser may still be starting.
    private static async Task<string?> FaultAsync(Process? browser, Task serving, CancellationToken limit)
    {
        var ending = browser?.WaitForExitAsync(limit) ?? Task.CompletedTask;
        bool hasCome = await Task.WhenAny(serving, ending).ConfigureAwait(false) == serving;
        if (!hasCome && browser is { HasExited: true, ExitCode: not 0 })
        {
            return browser.ExitCode == NotThere
                ? "there is neither xdg-open nor the variable BROWSER"
                : $"what should start it exited with {browser.ExitCode}";
        }

        await serving.ConfigureAwait(false);
        return null;
    }
}

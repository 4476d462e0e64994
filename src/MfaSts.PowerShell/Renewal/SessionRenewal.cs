using System.Management.Automation;
using System.Management.Automation.Host;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.PowerShell.Hosting;
using MfaSts.PowerShell.Loading;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.PowerShell.Renewal;

/// <summary>
/// Keeps one runspace's session new. At each lookup of a command it looks, at most every quarter of a second, whether another shell has
/// stored a newer session, and puts that into the environment; at a prompt that a person sees it gets a new one when the time has come.
/// </summary>
/// <param name="terms">What is renewed.</param>
/// <param name="files">The AWS files.</param>
/// <param name="host">The shell's host.</param>
internal sealed class SessionRenewal(RenewalTerms terms, AwsFiles files, PSHost host)
{
    private const int MillisecondsBetweenLooks = 250;

    // A file that was written so recently may be written again without its time changing.
    private static readonly TimeSpan GrainOfFileTimes = TimeSpan.FromSeconds(2);

    private string? _accessKeyId;
    private (string? AccessKeyId, string? Section) _mark = SessionEnvironment.Mark;
    private DateTimeOffset? _expiration;
    private TimeSpan? _window;
    private DateTime _seen;
    private long _nextLook;
    private bool _isBusy;
    private RenewalNotices? _notices;

    public string Profile => terms.Request.Profile;

    /// <summary>The session in the environment is the one that is renewed, and nobody has put another there since.</summary>
    public bool IsInForce => SessionEnvironment.Mark == _mark && !SessionEnvironment.IsScoped;

    // A quarter of the session's life at most: a short one would be renewed all the time.
    private TimeSpan Window => _window ??= Lesser(terms.Notice, LifeOrNull() / 4);

    private TimeSpan Left => _expiration - TimeProvider.System.GetUtcNow() is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    private RenewalNotices Notices => _notices ??= new RenewalNotices(host);

    private SessionBroker Broker => new(files, SessionEnvironment.AsBeforeUse(files), Gateway.Get, TimeProvider.System, Stores);

    private KeyStores Stores => ModuleStores.For(() => terms.MayAsk);

    /// <summary>Runs before PowerShell looks a command up. The engine takes no exception from here.</summary>
    public void OnLookup(object? sender, CommandLookupEventArgs e)
    {
        bool isPrompt = e.CommandName.Length == HostPrompt.Name.Length
            && e.CommandName.Equals(HostPrompt.Name, StringComparison.OrdinalIgnoreCase);
        if (_isBusy || (!isPrompt && Environment.TickCount64 < _nextLook))
        {
            return;
        }

        _isBusy = true;
        try
        {
            Look();
            if (isPrompt)
            {
                AtPrompt();
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    /// <summary>The session of this profile that has been put into the environment.</summary>
    public void Remember(MfaSession session)
    {
        _accessKeyId = session.AccessKeyId;
        _expiration = session.Expiration;
        _mark = SessionEnvironment.Mark;
        _notices?.Forget();
    }

    private static TimeSpan Lesser(TimeSpan one, TimeSpan? other) => other < one ? other.Value : one;

    // A file that cannot be read now is looked at again later; what is in the environment stays.
    private void Look()
    {
        _nextLook = Environment.TickCount64 + MillisecondsBetweenLooks;
        try
        {
            if (IsInForce && files.Credentials.ChangedAt is var changed && changed != _seen)
            {
                _seen = TimeProvider.System.GetUtcNow() - changed > GrainOfFileTimes ? changed : default;
                PickUp(TimeSpan.Zero);
            }
        }
        catch (MfaException)
        {
            _seen = default;
        }
    }

    private bool PickUp(TimeSpan minimumRemaining)
    {
        if (Broker.FindUsable(terms.Request.With(minimumRemaining)) is not { } session || session.AccessKeyId == _accessKeyId)
        {
            return false;
        }

        return TakeUp(session);
    }

    // It is new, so what is left of it is its life. While another runspace's script block has a session of its own there, it waits for the
    // next look.
    private bool TakeUp(MfaSession session)
    {
        if (!SessionEnvironment.TryUse(session, files, terms.IsByProfile))
        {
            _seen = default;
            return false;
        }

        Remember(session);
        _window = Lesser(terms.Notice, session.Remaining / 4);
        return true;
    }

    private void AtPrompt()
    {
        // The next command's lookup shall look, however soon it comes.
        _nextLook = 0;
        if (Left > terms.Notice || Left > Window || !IsInForce || !HostPrompt.IsBeingMade()
            || new Asker(host, () => false).WhyNot() is not null)
        {
            return;
        }

        try
        {
            Renew();
        }
        catch (MfaException e)
        {
            PutOff(e.Error.ToString());
        }
        catch (Exception e) when (IsTheHosts(e))
        {
            // The engine would swallow it, and the user would never learn why nothing is asked.
            Notices.TellOnce($"{Subject()}. This host cannot be asked for a code at its prompt ({e.GetType().Name}). {ByHand()}");
        }
    }

    private void Renew()
    {
        var (broker, pause) = (Broker, new RenewalPause(files, Profile, TimeProvider.System));
        if (broker.SourceOf(terms.Request) is { } source && broker.FindUsable(source) is not null)
        {
            RenewRole(broker);
            return;
        }

        bool isUnasked = broker.HasCodeCommand(Profile);
        if (!isUnasked && !terms.MayAsk)
        {
            Notices.TellOnce($"{Subject()}. {ByHand()}");
        }
        else if (!IsPutOff(pause) && (isUnasked || !HasTypedAhead()))
        {
            // What has been typed ahead would be taken for a code: then the next prompt will do.
            using var lease = broker.BeginAsking(broker.AskedFor(terms.Request).Profile);
            if (lease.OtherHolder is { } holder)
            {
                Notices.TellOnce($"{Subject()}. A new one is asked for by {holder}, and will be used here too.");
            }
            else if (!PickUp(Window) && !IsPutOff(pause))
            {
                Renew(broker, lease);
            }
        }
    }

    // Not every host can tell.
    private bool HasTypedAhead()
    {
        try
        {
            return host.UI.RawUI.KeyAvailable;
        }
        catch (Exception e) when (IsTheHosts(e))
        {
            return false;
        }
    }

    // What hosts throw for what they cannot do.
    private static bool IsTheHosts(Exception e) =>
        e is NotImplementedException or NotSupportedException or HostException or InvalidOperationException or IOException;

    private void Renew(SessionBroker broker, AskingLease lease)
    {
        var attempt = new RenewalAttempt(broker, files, host, Notices);
        var wanted = terms.Request.With(Window);
        var asked = broker.AskedFor(wanted);
        if (attempt.Run(broker.Prepare(asked), lease, Subject()) is { } session)
        {
            if (asked == wanted)
            {
                TakeUp(session);
            }
            else
            {
                RenewRole(broker);
            }
        }
        else
        {
            lease.Decline();
            PutOff(why: null);
        }
    }

    // Without a word, as long as the source's session lives; a failure is said once, and for a minute nothing is tried.
    private void RenewRole(SessionBroker broker)
    {
        try
        {
            var flow = new SessionFlow(broker, files, TimeProvider.System, SilentCaller.For(host, Notices));
            if (flow.TryRenewUnasked(terms.Request.With(Window)) is { } session)
            {
                TakeUp(session);
            }
        }
        catch (MfaException e)
        {
            Notices.Complain(e.Error.ToString());
        }
    }

    private bool IsPutOff(RenewalPause pause)
    {
        if (pause.Until is not { } until)
        {
            return false;
        }

        Notices.TellOnce($"{Subject()}. Nobody is asked for a code until {Clock(until)}. {ByHand()}");
        return true;
    }

    private void PutOff(string? why)
    {
        Notices.Complain(why);
        try
        {
            var pause = new RenewalPause(files, Profile, TimeProvider.System);
            pause.Begin();
            IsPutOff(pause);
        }
        catch (MfaException e)
        {
            Notices.Complain(e.Error.ToString());
        }
    }

    private string Subject() => _expiration is null
        ? $"Profile '{PrintableText.Escape(Profile)}' has no valid session"
        : $"The session of profile '{PrintableText.Escape(Profile)}' "
            + (Left > TimeSpan.Zero ? $"expires in {DurationText.FormatShort(Left)}" : "has expired");

    private string ByHand() => $"Get a new one with: Use-MfaSession {PowerShellText.Quote(Profile)} -Force";

    private static string Clock(DateTimeOffset time) =>
        time.LocalDateTime.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private TimeSpan? LifeOrNull()
    {
        try
        {
            return terms.Request.Duration ?? Broker.LifeOf(Profile);
        }
        catch (MfaException)
        {
            // Told when a session is asked for.
            return null;
        }
    }
}

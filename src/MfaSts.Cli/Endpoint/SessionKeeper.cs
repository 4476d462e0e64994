using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.Cli.Endpoint;

/// <summary>
/// Keeps a profile's session new, beside those who ask for it and without asking anybody: by the mfa_process, by taking the role again, or
/// by taking up what another process has stored. What it has is in memory, so that an answer waits for nothing.
/// </summary>
/// <param name="host">The outside.</param>
/// <param name="messages">What is said to the person: each thing once, until there is a new session.</param>
/// <param name="request">What is wanted.</param>
/// <param name="first">The session to begin with.</param>
internal sealed class SessionKeeper(CliHost host, Messages messages, SessionRequest request, MfaSession first)
{
    private const string Notice = "notice";
    private const string Gone = "gone";

    // An SDK takes keys with less for expired, or nearly.
    private static readonly TimeSpan LastMinute = TimeSpan.FromSeconds(60);

    // More than the 15 minutes from which botocore and the SDK for .NET ask at each request.
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(20);

    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(15);

    // A file that was written so recently may be written again without its time changing.
    private static readonly TimeSpan GrainOfFileTimes = TimeSpan.FromSeconds(2);

    private readonly SessionSource _source = new(host.Unattended(), messages);
    private readonly object _gate = new();
    private readonly HashSet<string> _said = [];
    private volatile MfaSession _session = first;
    private volatile MfaError? _failure;
    private DateTime _seen;
    private DateTimeOffset _nextTry;
    private bool _isWanted;

    /// <summary>The profile.</summary>
    public string Profile => request.Profile;

    /// <summary>The session, while AWS takes it for a minute more. Nothing is waited for.</summary>
    public MfaSession? Find()
    {
        if (_session is var session && session.Remaining > LastMinute)
        {
            return session;
        }

        Wake();
        return null;
    }

    /// <summary>Why there is none.</summary>
    public MfaError WhyNone() =>
        _failure ?? MfaErrors.SessionExpired(_source.ProfileAskedFor(request), _session.Expiration).Error;

    /// <summary>Keeps it until told to stop.</summary>
    public void Run(CancellationToken stop)
    {
        using var ending = stop.Register(Wake);
        while (!stop.IsCancellationRequested)
        {
            try
            {
                Look();
                Renew(stop);
            }
            catch (MfaException e)
            {
                // The files are broken, or AWS refused: the next look may find it otherwise.
                _failure = e.Error;
                SayOnce(e.Error.Id.ToString(), "The session was not renewed: " + e.Error);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            SayWhenGone();
            Pause();
        }
    }

    private void Pause()
    {
        lock (_gate)
        {
            if (!_isWanted)
            {
                Monitor.Wait(_gate, PauseBetweenLooks);
            }

            _isWanted = false;
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            _isWanted = true;
            Monitor.Pulse(_gate);
        }
    }

    // Of a short session, a third of its life: it would be renewed all the time.
    private TimeSpan Window() => _source.LifeOf(Profile) / 3 is var third && third < Ahead ? third : Ahead;

    private void Look()
    {
        var changed = host.Files.Credentials.ChangedAt;
        if (changed == _seen)
        {
            return;
        }

        _seen = host.Clock.GetUtcNow() - changed > GrainOfFileTimes ? changed : default;
        if (_source.FindUsable(request.With(LastMinute)) is { } stored && stored.AccessKeyId != _session.AccessKeyId)
        {
            Take(stored);
        }
    }

    private void Renew(CancellationToken stop)
    {
        if (_session.Remaining > Ahead || _session.Remaining > Window() || host.Clock.GetUtcNow() < _nextTry)
        {
            return;
        }

        _nextTry = host.Clock.GetUtcNow() + PauseAfterFailure;
        if (_source.TryRenewUnasked(Wanted(), stop) is { } session && session.AccessKeyId != _session.AccessKeyId)
        {
            Take(session);
        }
        else if (!_source.CanRenewUnasked(request))
        {
            SayOnce(
                Notice,
                $"The session of profile '{Profile}' expires in {DurationText.FormatShort(_session.Remaining)}, and the next one needs an "
                    + "MFA code. Get it in another shell with: Get-MfaSessionToken -Profile "
                    + PowerShellText.Quote(_source.ProfileAskedFor(request)));
        }
    }

    // New although the old one is usable; but one that was got with a code of its own is not given up for one of less worth.
    private SessionRequest Wanted() => _session.IsDirect ? request : request.Forced();

    private void Take(MfaSession session)
    {
        _session = session;
        _failure = null;
        _nextTry = default;
        _said.Clear();
    }

    private void SayWhenGone()
    {
        if (_session.Remaining <= LastMinute)
        {
            SayOnce(Gone, MfaErrors.SessionExpired(_source.ProfileAskedFor(request), _session.Expiration).Error.ToString());
        }
    }

    private void SayOnce(string what, string warning)
    {
        if (!_said.Add(what))
        {
            return;
        }

        try
        {
            messages.Warn(warning);
        }
        catch (IOException)
        {
            // Whoever would read it has gone; the endpoint goes on.
        }
    }
}

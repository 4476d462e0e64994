using MfaSts.Errors;

namespace MfaSts.PowerShell.Hosting;

/// <summary>
/// Gives out turns at the process's environment, first come, first served. A process has one environment for all its runspaces
/// (PowerShell's about_Environment_Variables), so of two script blocks with different sessions one waits for the other; blocks with the
/// very same session run side by side.
/// </summary>
internal sealed class EnvironmentTurns
{
    private readonly object _gate = new();
    private readonly LinkedList<EnvironmentTurn> _waiting = new();

    // More than one only while they share what is in the environment. Turns within a turn are not among them.
    private readonly List<EnvironmentTurn> _holders = [];

    // Flows to whatever a block starts in this process: ForEach-Object -Parallel and thread jobs too.
    private readonly AsyncLocal<EnvironmentTurn?> _current = new();

    private Action? _restore;
    private int _depth;
    private bool _isChanged;

    /// <summary>Somebody has a turn.</summary>
    public bool IsTaken
    {
        get
        {
            lock (_gate)
            {
                return _holders.Count > 0;
            }
        }
    }

    /// <summary>The caller runs in a turn: its own, or that of the block which started it.</summary>
    public bool IsInside => Current is not null;

    private EnvironmentTurn? Current => _current.Value is { IsOver: false } turn ? turn : null;

    // What is in the environment is what the first holder put there.
    private bool IsShareable => _depth == 0 && !_isChanged && _holders.Count > 0;

    /// <summary>Asks for a turn.</summary>
    /// <param name="key">What the environment is to hold; turns with equal ones are shared. Null for a change that is done at once.</param>
    /// <param name="runspace">The caller's runspace.</param>
    /// <param name="apply">Changes the environment when the turn has come, and gives what puts it back.</param>
    /// <exception cref="MfaException">EnvironmentInUse: the caller runs within a block with another session, each waiting for the other's
    /// end.</exception>
    public EnvironmentTurn Take(object? key, Guid runspace, Func<Action?> apply)
    {
        lock (_gate)
        {
            var turn = new EnvironmentTurn(this, key, runspace, apply) { Outer = Current };
            if (turn.Outer is not null)
            {
                EnterWithin(turn);
            }
            else if (_waiting.Count == 0 && CanEnter(turn))
            {
                Enter(turn);
            }
            else
            {
                _waiting.AddLast(turn);
            }

            return turn;
        }
    }

    /// <summary>Changes the environment, unless somebody has a turn or waits for one.</summary>
    public bool TryChange(Action change)
    {
        lock (_gate)
        {
            if (_holders.Count > 0 || _waiting.Count > 0)
            {
                return false;
            }

            change();
            return true;
        }
    }

    /// <summary>From here on the caller, and whatever it starts, runs in the turn.</summary>
    public void Begin(EnvironmentTurn turn) => _current.Value = turn;

    /// <summary>Gives a turn back.</summary>
    public void Leave(EnvironmentTurn turn)
    {
        lock (_gate)
        {
            if (!turn.IsOver)
            {
                turn.IsOver = true;
                _current.Value = _current.Value == turn ? turn.Outer : _current.Value;
                TakeOut(turn);
                LetIn();
            }
        }
    }

    private void TakeOut(EnvironmentTurn turn)
    {
        if (_waiting.Remove(turn))
        {
            return;
        }

        if (!_holders.Remove(turn))
        {
            _depth--;
            turn.Restore?.Invoke();
        }
        else if (_holders.Count == 0)
        {
            _restore?.Invoke();
            (_restore, _isChanged) = (null, false);
        }
    }

    // In the block's own runspace a turn is nested, and the block goes on behind it; from another runspace it would change what the block
    // works with.
    private void EnterWithin(EnvironmentTurn turn)
    {
        if (turn.Key is not null && IsShareable && turn.Key.Equals(_holders[0].Key))
        {
            Enter(turn);
        }
        else if (_holders.TrueForAll(holder => holder.Runspace == turn.Runspace))
        {
            _depth++;
            _isChanged |= turn.Key is null;
            turn.Restore = turn.Apply();
            turn.Grant();
        }
        else
        {
            throw MfaErrors.EnvironmentInUse();
        }
    }

    private bool CanEnter(EnvironmentTurn turn) =>
        _holders.Count == 0 || (turn.Key is not null && IsShareable && turn.Key.Equals(_holders[0].Key));

    private void Enter(EnvironmentTurn turn)
    {
        if (_holders.Count == 0)
        {
            _restore = turn.Apply();
        }

        _holders.Add(turn);
        turn.Grant();
    }

    private void LetIn()
    {
        while (_waiting.First is { } first && CanEnter(first.Value))
        {
            _waiting.RemoveFirst();
            Enter(first.Value);
        }
    }
}

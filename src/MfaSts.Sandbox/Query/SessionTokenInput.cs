namespace MfaSts.Sandbox.Query;

/// <summary>What GetSessionToken takes.</summary>
internal sealed class SessionTokenInput
{
    private SessionTokenInput(InputCheck check)
    {
        Mfa = new MfaInput(check);
        Duration = check.Duration(usualSeconds: 43200, mostSeconds: 129600);
    }

    internal MfaInput Mfa { get; }

    internal TimeSpan Duration { get; }

    /// <exception cref="Refusal">All that is wrong, in one message.</exception>
    internal static SessionTokenInput Read(QueryCall call)
    {
        var check = new InputCheck(call);
        var input = new SessionTokenInput(check);
        check.Finish();
        return input;
    }
}

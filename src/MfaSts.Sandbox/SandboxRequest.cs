namespace MfaSts.Sandbox;

/// <summary>One line of the server's request log. It never holds a secret.</summary>
public sealed class SandboxRequest
{
    /// <summary>The outcome of a call that was served.</summary>
    public const string Served = "OK";

    /// <summary>The outcome of a call that went to <see cref="SandboxServer.Interceptor"/> and was not given back.</summary>
    public const string Intercepted = "Intercepted";

    /// <summary>The outcome of a call that has arrived and is not answered yet.</summary>
    public const string Pending = "Pending";

    internal SandboxRequest(string action, string? accessKeyId, string? roleArn, DateTimeOffset time, string outcome)
    {
        Action = action;
        AccessKeyId = accessKeyId;
        RoleArn = roleArn;
        Time = time;
        Outcome = outcome;
    }

    /// <summary>The action asked for; empty when there was none.</summary>
    public string Action { get; }

    /// <summary>The access key ID that the call names, whether or not it is known; null when it names none.</summary>
    public string? AccessKeyId { get; }

    /// <summary>The role that the call asks for, whether or not there is one; null for any action but AssumeRole.</summary>
    public string? RoleArn { get; }

    /// <summary>When it arrived, by the server's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary><see cref="Served"/>, <see cref="Intercepted"/>, <see cref="Pending"/>, or AWS's error code.</summary>
    public string Outcome { get; }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Time:u} {Action} {AccessKeyId ?? "-"}{(RoleArn is null ? string.Empty : " " + RoleArn)}: {Outcome}";
}

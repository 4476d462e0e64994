namespace MfaSts.Sandbox;

/// <summary>The requests in the order in which they arrived.</summary>
internal sealed class RequestLog
{
    private readonly Lock _gate = new();
    private readonly List<SandboxRequest> _requests = [];

    /// <summary>Notes an arrival, so that a call that is never answered is counted too.</summary>
    /// <returns>The line's number, for <see cref="Complete"/>.</returns>
    internal int Begin(string action, string? accessKeyId, string? roleArn, DateTimeOffset time)
    {
        lock (_gate)
        {
            _requests.Add(new SandboxRequest(action, accessKeyId, roleArn, time, SandboxRequest.Pending));
            return _requests.Count - 1;
        }
    }

    internal void Complete(int line, string outcome)
    {
        lock (_gate)
        {
            var request = _requests[line];
            _requests[line] = new SandboxRequest(request.Action, request.AccessKeyId, request.RoleArn, request.Time, outcome);
        }
    }

    internal IReadOnlyList<SandboxRequest> Snapshot()
    {
        lock (_gate)
        {
            return [.. _requests];
        }
    }
}

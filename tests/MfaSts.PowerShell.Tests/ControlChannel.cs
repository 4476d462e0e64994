using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using MfaSts.Sandbox;
using Microsoft.AspNetCore.Http;

namespace MfaSts.PowerShell.Tests;

/// <summary>
/// What the Pester side steers the sandbox with: <c>/control/…</c> on the sandbox's own port, answered in JSON. It makes users and roles,
/// shows codes, counts calls, arms faults, ends sessions and starts services whose clock is off.
/// </summary>
internal sealed partial class ControlChannel(SandboxAccount account) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Fault>> _faults = new();
    private readonly ConcurrentDictionary<TimeSpan, Lazy<Task<SandboxServer>>> _servers = new();
    private readonly RoleControl _roles = new(account);
    private int _users;

    /// <summary>The service of the one account whose clock is off by a time; zero is the usual one.</summary>
    internal Task<SandboxServer> ServerAsync(TimeSpan offset) => _servers.GetOrAdd(offset, o => new(() => StartAsync(o))).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers.Values)
        {
            await (await server.Value).DisposeAsync();
        }
    }

    private async Task<SandboxServer> StartAsync(TimeSpan offset)
    {
        var options = new SandboxOptions { Account = account, OtherAccounts = [_roles.Other], NewKeyDelay = TimeSpan.FromSeconds(1.5) };
        var server = await SandboxServer.StartAsync(options, new ShiftedClock(offset));
        server.Interceptor = HandleAsync;
        return server;
    }

    private async Task<bool> HandleAsync(HttpContext context)
    {
        try
        {
            return context.Request.Path.StartsWithSegments("/control", StringComparison.Ordinal, out var what)
                ? await ControlAsync(context, what)
                : NextFault(context) is { } fault && await fault.AnswerAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }
    }

    private async Task<bool> ControlAsync(HttpContext context, string? what)
    {
        var query = context.Request.Query;
        object answer = what switch
        {
            "/user" => AddUser(query["devices"], query["securitykeys"], query["denied"] == "true"),
            "/key" => new { account.Users.Single(user => user.Name == query["name"]).AddAccessKey().AccessKeyId },
            "/code" => Code(query["serial"]!, Seconds(query["seconds"])),
            "/role" => _roles.AddRole(query),
            "/session" => _roles.Describe(query["key"]!),
            "/expire" => _roles.Expire(query["key"]!),
            "/mfaage" => _roles.AgeMfa(query["key"]!, Seconds(query["seconds"])),
            "/requests" => await RequestsAsync(query["key"], query["role"]),
            "/fault" => Arm(new Fault(query["key"]!, query["kind"]!, Seconds(query["seconds"]).TotalSeconds)),
            "/server" => new { Endpoint = (await ServerAsync(Seconds(query["seconds"]))).Endpoint.ToString().TrimEnd('/') },
            _ => throw new ArgumentException($"There is no control '{what}'."),
        };
        await context.Response.WriteAsJsonAsync(answer, answer.GetType(), options: null, contentType: null, context.RequestAborted);
        return true;
    }

    // Names are told apart by the user's own; one that has his alone is the usual device.
    private object AddUser(string? devices, string? securityKeys, bool isDenied)
    {
        string name = "user" + Interlocked.Increment(ref _users).ToString(CultureInfo.InvariantCulture);
        var user = account.AddUser(name);
        var key = user.AddAccessKey();
        string[] serials =
            [.. (devices is null ? [name] : Names(devices).Select(device => $"{name}-{device}")).Select(
                device => user.AddMfaDevice(device).SerialNumber)];
        foreach (string securityKey in Names(securityKeys))
        {
            user.AddSecurityKey($"{name}-{securityKey}");
        }

        // From the moment when a test reads a code until a shell sends it, minutes may go by on a busy machine.
        foreach (var device in user.MfaDevices)
        {
            device.AcceptedDrift = 20;
        }

        user.ListsDevicesWithoutMfa = !isDenied;
        return new { Name = name, key.AccessKeyId, key.SecretAccessKey, SerialNumber = serials.FirstOrDefault(), SerialNumbers = serials };
    }

    private object Code(string serial, TimeSpan offset)
    {
        var device = account.Users.SelectMany(user => user.MfaDevices).Single(device => device.SerialNumber == serial);
        return new { Code = device.CodeAt(TimeProvider.System.GetUtcNow() + offset) };
    }

    private async Task<object> RequestsAsync(string? key, string? roleArn)
    {
        var servers = await Task.WhenAll(_servers.Values.Select(server => server.Value));
        return servers.SelectMany(server => server.Requests)
            .Where(request => roleArn is null ? request.AccessKeyId == key : request.RoleArn == roleArn).ToList();
    }

    private Fault Arm(Fault fault)
    {
        _faults.GetOrAdd(fault.Key, _ => new()).Enqueue(fault);
        return fault;
    }

    private Fault? NextFault(HttpContext context) =>
        AccessKeyId().Match(context.Request.Headers.Authorization.ToString()) is { Success: true } key
        && _faults.TryGetValue(key.Groups[1].Value, out var faults) && faults.TryDequeue(out var fault) ? fault : null;

    private static string[] Names(string? list) => (list ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries);

    private static TimeSpan Seconds(string? text) =>
        TimeSpan.FromSeconds(double.Parse(text ?? "0", NumberStyles.Float, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"Credential=(\w+)/", RegexOptions.CultureInvariant)]
    private static partial Regex AccessKeyId();
}

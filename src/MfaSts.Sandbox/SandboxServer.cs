using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace MfaSts.Sandbox;

/// <summary>AWS STS and IAM on a loopback port, for accounts that live in memory.</summary>
/// <remarks>The web server runs without a host: no configuration from the environment, no logging, no hold on Ctrl+C.</remarks>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly KestrelServer _server;
    private readonly ServiceProvider _services;
    private readonly SandboxApplication _application;

    private SandboxServer(SandboxAccount account, SandboxOptions options, TimeProvider clock)
    {
        Account = account;
        _application = new SandboxApplication(new AccountSet([account, .. options.OtherAccounts]), options, clock);
        _services = new ServiceCollection().BuildServiceProvider();
        var kestrel = new KestrelServerOptions { AddServerHeader = false, ApplicationServices = _services };
        kestrel.Listen(IPAddress.Loopback, options.Port);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        _server = new KestrelServer(Options.Create(kestrel), transport, NullLoggerFactory.Instance);
    }

    /// <summary>The account that is served; the first of several. Users, keys, devices and roles may be added at any time.</summary>
    public SandboxAccount Account { get; }

    /// <summary>The address, for AWS_ENDPOINT_URL.</summary>
    public Uri Endpoint => new(_server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());

    /// <summary>The requests so far, in the order in which they arrived.</summary>
    public IReadOnlyList<SandboxRequest> Requests => _application.Log.Snapshot();

    /// <summary>
    /// Sees each request before it is served, with its body ready to be read.
    /// True: it has answered (or hung up) itself. False: serve it as usual.
    /// </summary>
    public Func<HttpContext, Task<bool>>? Interceptor
    {
        get => _application.Interceptor;
        set => _application.Interceptor = value;
    }

    /// <summary>Starts a server.</summary>
    /// <param name="options">What differs from the default; null for nothing.</param>
    /// <param name="clock">The service's clock; the system's when null.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<SandboxServer> StartAsync(
        SandboxOptions? options = null, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        options ??= new SandboxOptions();
        clock ??= TimeProvider.System;
        var server = new SandboxServer(options.Account ?? SandboxAccount.CreateDefault(clock), options, clock);
        try
        {
            await server._server.StartAsync(server._application, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops at once: connections that are still open are cut.</summary>
    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(new CancellationToken(canceled: true));
        _server.Dispose();
        await _services.DisposeAsync();
    }

    /// <summary>The address.</summary>
    public override string ToString() => Endpoint.ToString();
}

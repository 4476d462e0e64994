using MfaSts.Sandbox;

namespace MfaSts.PowerShell.Tests;

/// <summary>The sandbox that all Pester files share. Each Pester test makes a user of its own, since a device's code is accepted once.</summary>
public sealed class SandboxFixture : IAsyncLifetime
{
    private ControlChannel? _control;

    /// <summary>The address of the service, and of its control channel.</summary>
    public Uri Endpoint { get; private set; } = new("http://127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        var account = new SandboxAccount();
        _control = new ControlChannel(account);
        Endpoint = (await _control.ServerAsync(TimeSpan.Zero)).Endpoint;
    }

    public async ValueTask DisposeAsync()
    {
        if (_control is not null)
        {
            await _control.DisposeAsync();
        }
    }
}

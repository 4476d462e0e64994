using System.ComponentModel;
using System.Diagnostics;

namespace MfaSts.Stores.Tests;

/// <summary>
/// A session bus of a test's own, without a display, and what a login would start on it: GNOME Keyring with an unlocked keyring, or
/// nothing.
/// </summary>
public sealed class SessionBus : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("mfasts-bus-").FullName;
    private readonly List<Process> _children = [];

    private SessionBus()
    {
        Address = "unix:path=" + Path.Combine(_home, "bus");
        Variables = new()
        {
            ["HOME"] = _home,
            ["XDG_RUNTIME_DIR"] = _home,
            ["XDG_DATA_HOME"] = Path.Combine(_home, "share"),
            ["DBUS_SESSION_BUS_ADDRESS"] = Address,
        };
    }

    public string Address { get; }

    public Dictionary<string, string> Variables { get; }

    /// <summary>A bus on which no service is, nor can be started.</summary>
    public static async Task<SessionBus> EmptyAsync()
    {
        var bus = new SessionBus();
        string config = Path.Combine(bus._home, "bus.conf");
        await File.WriteAllTextAsync(config, $"<busconfig><type>session</type><listen>{bus.Address}</listen><policy context=\"default\">"
            + "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>");
        bus.Start("dbus-daemon", $"--config-file={config}", "--nofork").StandardInput.Close();
        await EventuallyAsync(() => File.Exists(Path.Combine(bus._home, "bus")));
        return bus;
    }

    /// <summary>A bus with GNOME Keyring, whose login keyring is made and unlocked.</summary>
    public static async Task<SessionBus> WithKeyringAsync()
    {
        var bus = await EmptyAsync();
        var keyring = bus.Start("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets");
        await keyring.StandardInput.WriteAsync("pw");
        keyring.StandardInput.Close();
        var store = bus.Store(mayAsk: false);
        await EventuallyAsync(
            () => Record.Exception(() => store.FindAsync("none", TestContext.Current.CancellationToken).GetAwaiter().GetResult()) is null);
        return bus;
    }

    public SecretServiceStore Store(bool mayAsk) => new(mayAsk) { Variable = Variables.GetValueOrDefault };

    /// <summary>Runs a program on the bus to its end, and gives what it wrote.</summary>
    public async Task<string> RunAsync(string program, params string[] arguments)
    {
        var process = Start(program, arguments);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }

    public Task<string> LockAsync() => RunAsync(
        "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets",
        "org.freedesktop.Secret.Service.Lock",
        "array:objpath:/org/freedesktop/secrets/aliases/default");

    /// <summary>The files of the keyring.</summary>
    public IEnumerable<string> Files =>
        Directory.EnumerateFiles(_home, "*", SearchOption.AllDirectories).Where(path => new FileInfo(path).Length > 0);

    public void Dispose()
    {
        foreach (var child in _children)
        {
            if (!child.HasExited)
            {
                child.Kill();
                child.WaitForExit();
            }

            child.Dispose();
        }

        Directory.Delete(_home, recursive: true);
    }

    private static async Task EventuallyAsync(Func<bool> condition)
    {
        for (int i = 0; i < 600 && !condition(); i++)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.True(condition());
    }

    private Process Start(string program, params string[] arguments)
    {
        var start =
            new ProcessStartInfo(program, arguments)
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        foreach (string name in (string[])["DISPLAY", "WAYLAND_DISPLAY", "GNOME_KEYRING_CONTROL"])
        {
            start.Environment.Remove(name);
        }

        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(start)!;
            _children.Add(process);
            return process;
        }
        catch (Win32Exception)
        {
            Assert.Skip($"The program '{program}' is not on PATH.");
            throw;
        }
    }
}

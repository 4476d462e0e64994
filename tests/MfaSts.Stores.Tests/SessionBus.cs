using System.Diagnostics;

namespace MfaSts.Stores.Tests;

/// <summary>
/// A session bus of one's own, without a display, and what a login would start on it: GNOME Keyring with an unlocked keyring, or nothing.
/// It knows nothing of a test framework: the proof uses it as well.
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

    /// <summary>Why there can be no such bus on this machine, or null.</summary>
    public static string? Lack { get; } = Array.Find(["dbus-daemon", "dbus-monitor", "gnome-keyring-daemon"], IsMissing) is { } missing
        ? $"The program '{missing}' is not on PATH."
        : null;

    public string Address { get; }

    public Dictionary<string, string> Variables { get; }

    /// <summary>A bus on which no service is, nor can be started.</summary>
    public static async Task<SessionBus> EmptyAsync(CancellationToken cancellationToken)
    {
        var bus = new SessionBus();
        string config = Path.Combine(bus._home, "bus.conf");
        await File.WriteAllTextAsync(config, $"<busconfig><type>session</type><listen>{bus.Address}</listen><policy context=\"default\">"
            + "<allow send_destination=\"*\"/><allow receive_sender=\"*\"/><allow own=\"*\"/></policy></busconfig>", cancellationToken);
        bus.Start("dbus-daemon", $"--config-file={config}", "--nofork").StandardInput.Close();
        await EventuallyAsync(() => File.Exists(Path.Combine(bus._home, "bus")), cancellationToken);
        return bus;
    }

    /// <summary>A bus with GNOME Keyring, whose login keyring is made and unlocked.</summary>
    public static async Task<SessionBus> WithKeyringAsync(CancellationToken cancellationToken)
    {
        var bus = await EmptyAsync(cancellationToken);
        var keyring = bus.Start("gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets");
        await keyring.StandardInput.WriteAsync("pw");
        keyring.StandardInput.Close();
        var store = bus.Store(mayAsk: false);
        await EventuallyAsync(() => Answers(store), cancellationToken);
        return bus;
    }

    public SecretServiceStore Store(bool mayAsk) => new(mayAsk) { Variable = Variables.GetValueOrDefault };

    /// <summary>Runs a program on the bus to its end, and gives what it wrote.</summary>
    public async Task<string> RunAsync(string program, string[] arguments, CancellationToken cancellationToken)
    {
        var process = Start(program, arguments);
        process.StandardInput.Close();
        string output = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return output;
    }

    public Task<string> LockAsync(CancellationToken cancellationToken) => RunAsync(
        "dbus-send",
        [
            "--session", "--print-reply", "--dest=org.freedesktop.secrets", "/org/freedesktop/secrets",
            "org.freedesktop.Secret.Service.Lock", "array:objpath:/org/freedesktop/secrets/aliases/default",
        ],
        cancellationToken);

    /// <summary>Writes all that is said on the bus to a file, as it is sent, until the bus is disposed of.</summary>
    public async Task RecordAsync(string path, CancellationToken cancellationToken)
    {
        var monitor = Start("sh", "-c", "exec dbus-monitor --session --binary > \"$0\"", path);
        monitor.StandardInput.Close();

        // What a monitor is told first is its own name, and that it has lost it: it listens from then on.
        await EventuallyAsync(() => File.Exists(path) && new FileInfo(path).Length > 0, cancellationToken);
    }

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

    private static bool IsMissing(string program) => !(Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool Answers(SecretServiceStore store)
    {
        try
        {
            store.FindAsync("none", CancellationToken.None).GetAwaiter().GetResult();
            return true;
        }
        catch (KeyStoreException)
        {
            return false;
        }
    }

    private static async Task EventuallyAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        for (int i = 0; i < 600 && !condition(); i++)
        {
            await Task.Delay(50, cancellationToken);
        }

        if (!condition())
        {
            throw new TimeoutException("The session bus, or the keyring on it, did not start.");
        }
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

        var process = Process.Start(start)!;
        _children.Add(process);
        return process;
    }
}

using System.Security.Cryptography;
using Tmds.DBus.Protocol;

namespace MfaSts.Stores;

/// <summary>What can go wrong on the way to the Secret Service, with what helps against it.</summary>
internal static class SecretServiceFailures
{
    private const string Elsewhere = "Or keep the key in another store.";

    /// <summary>There is no session bus.</summary>
    public static KeyStoreException NoBus(Exception? cause = null) => Unavailable(
        "there is no session bus, on which the Secret Service would be",
        "Run it in a login session of your own: DBUS_SESSION_BUS_ADDRESS, or the socket 'bus' in XDG_RUNTIME_DIR, leads to its bus. "
            + $"{Elsewhere}",
        cause);

    /// <summary>There is no keyring.</summary>
    public static KeyStoreException NoCollection() => Unavailable(
        "the Secret Service has no default keyring yet",
        $"Log in to the desktop once, which makes it, or make one with the program 'Passwords and Keys' (seahorse). {Elsewhere}");

    /// <summary>It is locked.</summary>
    public static KeyStoreException Locked(string more) => new(
        isLocked: true,
        $"it is locked, {more}",
        "Unlock the keyring by logging in to the desktop or with the program 'Passwords and Keys' (seahorse); without a display, GNOME's "
            + "is unlocked with: "
            + "gnome-keyring-daemon --unlock, which reads the password from standard input. Then try again.");

    /// <summary>The failure that an exception stands for, or null when it is none of the store's.</summary>
    public static KeyStoreException? Translate(Exception exception) => exception switch
    {
        DBusErrorReplyException e => OfReply(e),
        DBusConnectFailedException e => NoBus(e),
        DBusConnectionClosedException e => Unavailable(
            "the session bus has closed the connection, as it does for other users than its own, the administrator among them",
            "Run it as the user whose session it is, without sudo.",
            e),
        TimeoutException e =>
            Unavailable("the Secret Service did not answer in time", $"Look whether it hangs, then try again. {Elsewhere}", e),
        DBusExceptionBase or CryptographicException => Unavailable(
            "the Secret Service gave an answer that makes no sense", "Look into the log of the service, then try again. "
                + $"{Elsewhere}", exception),
        ArgumentException e => Unavailable(
            "DBUS_SESSION_BUS_ADDRESS holds no address that can be used", "Correct or remove that variable, then try again.", e),
        _ => null,
    };

    // "org.freedesktop.DBus.Error.ServiceUnknown" and ".Spawn.*" come of the bus: there is none, or it does not start.
    private static KeyStoreException OfReply(DBusErrorReplyException e) =>
        e.ErrorName == "org.freedesktop.Secret.Error.IsLocked" ? Locked("and stays so")
        : e.ErrorName.StartsWith("org.freedesktop.DBus.Error.Spawn", StringComparison.Ordinal)
            || e.ErrorName is "org.freedesktop.DBus.Error.ServiceUnknown" or "org.freedesktop.DBus.Error.TimedOut"
                or "org.freedesktop.DBus.Error.NoReply"
            ? Unavailable(
                $"no Secret Service runs on the session bus, and none could be started ({e.ErrorName})",
                $"Install or start one: GNOME Keyring, KWallet or KeePassXC. {Elsewhere}",
                e)
        : Unavailable($"the Secret Service refused ({e.ErrorName})", $"Look into the log of the service, then try again. {Elsewhere}", e);

    private static KeyStoreException Unavailable(string why, string remedy, Exception? cause = null) =>
        new(isLocked: false, why, remedy, cause);
}

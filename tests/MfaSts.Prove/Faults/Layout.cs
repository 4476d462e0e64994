using System.Diagnostics;

namespace MfaSts.Prove.Faults;

/// <summary>A way in which a credentials file can lie there.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Prepare">Makes the file in a home folder.</param>
/// <param name="IsInPlace">It cannot be replaced by a rename, so that a journal makes it whole instead.</param>
/// <param name="NeedsRoot">Only root can make it.</param>
/// <param name="Wrap">What starts the worker, when it must be started in a special way.</param>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed record Layout(
    string Name, Action<ScratchHome> Prepare, bool IsInPlace = false, bool NeedsRoot = false, Func<ScratchHome, IReadOnlyList<string>,
        IReadOnlyList<string>>? Wrap = null)
{
    public static IReadOnlyList<Layout> All { get; } =
    [
        new("a file of one's own", Write) { IsOfItsOwnKind = true },
        new("no file yet", _ => { }) { IsOfItsOwnKind = true },
        new("hard links", Link, IsInPlace: true) { IsOfItsOwnKind = true },
        new("a symbolic link", MoveAway),
        new("another's file, open to a group", GiveAway, NeedsRoot: true),
        new("a bind mount", Write, IsInPlace: true, NeedsRoot: true, Wrap: Mount),
    ];

    /// <summary>
    /// Every call, with all that can go wrong with it; the others are only killed in the short form, since their calls are the same.
    /// </summary>
    public bool IsOfItsOwnKind { get; init; }

    /// <summary>Starts the worker that does one update when it is told to.</summary>
    public Process StartWorker(ScratchHome home)
    {
        var command = Child.WorkerCommand(IsInPlace ? "shrink" : "grow", home.CredentialsPath, WarmUp(home));
        return Child.Start(Wrap?.Invoke(home, command) ?? command);
    }

    // Written in place too where the file is, so that this code is loaded as well.
    private string WarmUp(ScratchHome home)
    {
        string path = home.At("warm", "up");
        ScratchHome.Write(path, OldFile.Text);
        if (IsInPlace)
        {
            Link(path, home.At("warm-too"));
        }

        return path;
    }

    private static void Link(string path, string other)
    {
        using var ln = Process.Start("ln", [path, other]);
        ln.WaitForExit();
    }

    private static void Write(ScratchHome home) => ScratchHome.Write(home.CredentialsPath, OldFile.Text);

    private static void Link(ScratchHome home)
    {
        Write(home);
        Link(home.CredentialsPath, home.At("other-name"));
    }

    private static void MoveAway(ScratchHome home)
    {
        ScratchHome.Write(home.At("dotfiles", "aws"), OldFile.Text);
        Directory.CreateDirectory(home.AwsFolder);
        File.CreateSymbolicLink(home.CredentialsPath, "../dotfiles/aws");
    }

    private static void GiveAway(ScratchHome home)
    {
        Write(home);
        using (var chown = Process.Start("chown", ["4242:4243", home.CredentialsPath]))
        {
            chown.WaitForExit();
        }

        File.SetUnixFileMode(home.CredentialsPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
    }

    private static IReadOnlyList<string> Mount(ScratchHome home, IReadOnlyList<string> command) =>
        ["unshare", "--mount", "sh", "-c", "mount --bind \"$0\" \"$0\" && exec \"$@\"", home.CredentialsPath, .. command];
}

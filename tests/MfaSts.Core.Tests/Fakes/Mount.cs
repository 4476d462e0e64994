namespace MfaSts.Tests.Fakes;

/// <summary>A mount for one test. Where mounting is not allowed the test is skipped.</summary>
internal sealed class Mount : IDisposable
{
    private readonly string _at;

    private Mount(string at, params string[] arguments)
    {
        Machine.NeedsLinux();
        Machine.NeedsRoot("it mounts");
        _at = at;
        Assert.SkipWhen(Machine.Run("mount", [.. arguments, at]) is null, "mounting is not allowed here");
    }

    public static Mount Tiny(string at) => new(Directory.CreateDirectory(at).FullName, "-t", "tmpfs", "-o", "size=16k", "none");

    public static Mount Bind(string what, string at) => new(at, "--bind", what);

    public void Dispose() => Machine.Run("umount", _at);
}

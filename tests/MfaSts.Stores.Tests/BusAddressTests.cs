namespace MfaSts.Stores.Tests;

public sealed class BusAddressTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mfasts bus,").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Find_Variable_GoesFirst() =>
        Assert.Equal("unix:abstract=x", BusAddress.Find(name => name == "DBUS_SESSION_BUS_ADDRESS" ? "unix:abstract=x" : _folder));

    [Fact]
    public void Find_SocketInTheRuntimeFolder_IsTakenEscaped()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no session bus on Windows.");
        File.WriteAllText(Path.Combine(_folder, "bus"), string.Empty);

        string? address = BusAddress.Find(name => name == "XDG_RUNTIME_DIR" ? _folder : null);

        Assert.StartsWith("unix:path=", address, StringComparison.Ordinal);
        Assert.Contains("mfasts%20bus%2c", address, StringComparison.Ordinal);
    }
}

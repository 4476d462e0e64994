using MfaSts.Conformance.Tests.Support;

namespace MfaSts.Conformance.Tests.Architecture;

/// <summary>Who may know whom, read from the files that were built.</summary>
public sealed class DependencyTests
{
    private static readonly string Runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
    private static readonly string WebServer = Path.GetDirectoryName(typeof(Microsoft.AspNetCore.Http.HttpContext).Assembly.Location)!;

    [Fact]
    public void Core_knows_the_base_library_only() => AssertKnows("bin/MfaSts.Core.dll");

    [Fact]
    public void Aws_knows_Core_and_the_sdk() =>
        AssertKnows("bin/private/MfaSts.Aws.dll", "AWSSDK.Core", "AWSSDK.SecurityToken", "MfaSts.Core");

    [Fact]
    public void Stores_knows_Core_and_the_bus() => AssertKnows("bin/private/MfaSts.Stores.dll", "MfaSts.Core", "Tmds.DBus.Protocol");

    [Fact]
    public void PowerShell_knows_Core_and_the_engine() =>
        AssertKnows("bin/MfaSts.PowerShell.dll", "MfaSts.Core", "System.Management.Automation");

    [Fact]
    public void Sandbox_knows_Core_the_web_server_the_pinned_PowerShell_and_what_makes_codes()
    {
        var sandbox = BuiltAssembly.Read(Path.Combine(AppContext.BaseDirectory, "MfaSts.Sandbox.dll"));

        Assert.Equal(
            ["MfaSts.Core", "MfaSts.Pwsh", "Otp.NET"],
            Foreign(sandbox).Where(name => !File.Exists(Path.Combine(WebServer, name + ".dll"))));
    }

    private static void AssertKnows(string file, params string[] others) =>
        Assert.Equal(others, Foreign(BuiltAssembly.Read(Path.Combine(Repository.Module, file))));

    private static IEnumerable<string> Foreign(BuiltAssembly assembly) =>
        assembly.References.Where(name => !File.Exists(Path.Combine(Runtime, name + ".dll"))).Order(StringComparer.Ordinal);
}

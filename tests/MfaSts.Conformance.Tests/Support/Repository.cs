using System.Reflection;

namespace MfaSts.Conformance.Tests.Support;

/// <summary>Where the build has put things.</summary>
internal static class Repository
{
    /// <summary>The folder with MfaSts.sln.</summary>
    internal static string Root { get; } = Metadata("RepositoryRoot");

    /// <summary>The program that reads a profile with the AWS SDK for .NET.</summary>
    internal static string DotNetClient { get; } = Metadata("DotNetClient");

    /// <summary>The module as it is staged.</summary>
    internal static string Module { get; } = Path.Combine(Root, "out", "MfaSts");

    /// <summary>The gateway and the SDK, as the module loads them.</summary>
    internal static string Private { get; } = Path.Combine(Module, "bin", "private");

    private static string Metadata(string key) => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}

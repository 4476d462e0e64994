using System.Reflection;
using Amazon;
using MfaSts.Profiles;

namespace MfaSts.Aws.Tests;

public sealed class RegionTests
{
    // The SDK's name for STS's old global endpoint is no region.
    private const string NoRegion = "us-east-1-regional";

    [Fact]
    public void Known_AllRegions_AreThoseOfTheSdk()
    {
        // Not EnumerableAllRegions: it grows by every name that another test asks for.
        var sdk = typeof(RegionEndpoint).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null))
            .OfType<RegionEndpoint>()
            .Where(region => region.SystemName != NoRegion)
            .OrderBy(region => region.PartitionName, StringComparer.Ordinal)
            .ThenBy(region => region.SystemName, StringComparer.Ordinal);
        string[] lines = [.. sdk.Select(region => Line(region.SystemName, region.DisplayName, region.PartitionName))];
        string received = Path.Combine(AppContext.BaseDirectory, "regions.received.txt");
        File.WriteAllLines(received, lines);

        Assert.True(
            lines.SequenceEqual(AwsRegion.Known.Select(region => Line(region.Name, region.Place, region.Partition))),
            $"The SDK knows other regions. Put the lines of '{received}' into src/MfaSts.Core/Profiles/AwsRegion.cs.");
    }

    [Fact]
    public void Known_Partition_IsTheOneThatTheNameTells() =>
        Assert.All(AwsRegion.Known, region => Assert.Equal(region.Partition, Partition.OfRegion(region.Name).Name));

    private static string Line(string name, string place, string partition) => $"        new(\"{name}\", \"{place}\", \"{partition}\"),";
}

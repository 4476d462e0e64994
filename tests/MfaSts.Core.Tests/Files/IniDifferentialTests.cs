using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Files;

/// <summary>Thousands of generated files, read by MfaSts and by botocore itself.</summary>
public class IniDifferentialTests
{
    private const int Count = 5000;

    [OnUnix]
    [Fact]
    public void Read_AnyFile_IsAsBotocoreOrRefusedByTheTable()
    {
        var generator = new IniGenerator(20260304);
        List<byte[]> files = [.. Enumerable.Range(0, Count).Select(_ => generator.Next())];
        var expected = Botocore.Read(files);
        int readByBoth = 0;
        for (int i = 0; i < Count; i++)
        {
            Assert.Null(BotocoreComparison.Difference(files[i], expected[i], out bool isReadByBoth));
            readByBoth += isReadByBoth ? 1 : 0;
        }

        Assert.True(readByBoth > Count / 10, $"only {readByBoth} files were read by both");
    }
}

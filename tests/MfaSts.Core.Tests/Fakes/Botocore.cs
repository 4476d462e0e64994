using System.Text.Json;

namespace MfaSts.Tests.Fakes;

/// <summary>botocore on this machine, asked in one process about many files.</summary>
internal static class Botocore
{
    /// <summary>Reads files; an element is null where botocore refuses the file.</summary>
    public static List<BotocoreFile?> Read(IEnumerable<byte[]> files) =>
        [.. Ask(files, []).GetProperty("files").EnumerateArray().Select(
            file => file.Deserialize<BotocoreFile?>(JsonSerializerOptions.Web))];

    /// <summary>shlex.split; an element is null where it fails.</summary>
    public static List<List<string>?> Split(IEnumerable<string> texts) =>
        [.. Ask([], texts).GetProperty("words").EnumerateArray().Select(words => words.Deserialize<List<string>?>())];

    private static JsonElement Ask(IEnumerable<byte[]> files, IEnumerable<string> words)
    {
        Assert.SkipWhen(
            Machine.Run("python3", "-c", "import botocore.configloader") is null, "python3 with botocore is not on this machine");
        using var process = Machine.Start("python3", Path.Combine(AppContext.BaseDirectory, "Fakes", "botocore_reader.py"));
        JsonSerializer.Serialize(process.StandardInput.BaseStream, new { files, words });
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return JsonDocument.Parse(output).RootElement;
    }
}

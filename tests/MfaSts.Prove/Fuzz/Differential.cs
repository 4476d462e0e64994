using System.Text.Json;
using Amazon.Runtime.CredentialManagement;
using MfaSts.Files;
using MfaSts.Tests.Fakes;

namespace MfaSts.Prove.Fuzz;

/// <summary>Generated files as MfaSts, botocore and the AWS SDK for .NET read them, before and after an edit of ours.</summary>
internal static class Differential
{
    private const int Batch = 1000;
    private const string KeyId = "ASIAIOSFODNN7EXAMPLE";
    private const string Secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

    public static async Task RunAsync(Proof proof)
    {
        if (!await Child.CanAsync("python3", "-c", "import botocore.configloader"))
        {
            proof.Skip("files compared with botocore", "python3 with botocore is not on this machine");
            return;
        }

        var generator = new IniGenerator(proof.Seed);
        var source = new InputSource(proof.Seed);
        for (int i = 0; i < (proof.IsLong ? 20 : 3); i++)
        {
            List<byte[]> files =
                [.. Enumerable.Range(0, Batch).Select(
                    n => n % 2 == 0 ? generator.Next() : n % 4 == 1 ? generator.NextSound() : source.Next())];
            await CompareAsync(proof, files);
        }
    }

    private static async Task CompareAsync(Proof proof, List<byte[]> files)
    {
        List<byte[]> edited = [.. files.Select(Edit).OfType<byte[]>()];
        var answers = await AskAsync([.. files, .. edited]);
        for (int i = 0; i < files.Count; i++)
        {
            proof.Count("files compared with botocore");
            if (BotocoreComparison.Difference(files[i], answers[i], out bool readByBoth) is { } difference && IsRead(files[i]))
            {
                proof.Violate("MfaSts reads what botocore reads, or refuses by the grammar's table", difference);
            }

            proof.Count("... read by both", readByBoth ? 1 : 0);
            CompareWithDotNet(proof, files[i]);
        }

        for (int i = 0; i < edited.Count; i++)
        {
            // What only botocore refuses (a byte order mark, bytes that are not UTF-8) is edited all the same.
            var answer = answers[files.Count + i];
            bool isUtf8 = System.Text.Unicode.Utf8.IsValid(edited[i]) && !edited[i].AsSpan().StartsWith("\ufeff"u8);
            proof.Count("edits of ours read by botocore");
            proof.Require(
                !isUtf8 || (
                    answer is not null && answer.Sections["written"]["aws_access_key_id"] == KeyId
                        && answer.Sections["written"]["aws_secret_access_key"] == Secret),
                "what MfaSts writes, botocore reads", BotocoreComparison.Show(edited[i]));
        }
    }

    // What botocore refuses for its encoding alone is read here on purpose (rows 1 and 3 of the grammar's table). A changed byte makes 'ı'
    // the 'İ' of the one difference that is left.
    private static bool IsRead(byte[] file) =>
        System.Text.Unicode.Utf8.IsValid(file) && !file.AsSpan().StartsWith("\ufeff"u8) && file.AsSpan().IndexOf("İ"u8) < 0
            && file.AsSpan().IndexOf("\u212a"u8) < 0;

    private static byte[]? Edit(byte[] file)
    {
        try
        {
            return IniDocument.Parse(file).Set("written", [new("aws_access_key_id", KeyId), new("aws_secret_access_key", Secret)]).Bytes;
        }
        catch (IniFormatException)
        {
            return null;
        }
    }

    private static void CompareWithDotNet(Proof proof, byte[] file)
    {
        IniDocument document;
        try
        {
            document = IniDocument.Parse(file);
        }
        catch (IniFormatException)
        {
            return;
        }

        if (!CanDotNetRead(file))
        {
            proof.Count("files that MfaSts and botocore read and the SDK for .NET does not");
            return;
        }

        proof.Count("files that the SDK for .NET reads too");
        foreach (var section in document.Sections)
        {
            if (
                section.FindKey("aws_access_key_id")?.Value is { Length: > 0 } key && section.FindKey(
                    "aws_secret_access_key")?.Value is { Length: > 0 } secret)
            {
                proof.Count(DotNetProfile(file, section.Name) == (key, secret)
                    ? "... keys of a profile that it reads alike"
                    : "... keys of a profile that it reads otherwise than botocore, which is followed");
            }
        }

        if (Edit(file) is { } edited)
        {
            proof.Require(
                DotNetProfile(edited, "written") == (KeyId, Secret),
                "what MfaSts writes into a file that the SDK for .NET reads, it reads",
                BotocoreComparison.Show(edited));
            proof.Count("edits of ours read by the SDK for .NET");
        }
    }

    private static bool CanDotNetRead(byte[] file) => WithFile(file, credentials => credentials.ListProfileNames()) is not null;

    private static (string Key, string Secret)? DotNetProfile(byte[] file, string name)
    {
        var keys = WithFile(file, credentials => credentials.TryGetProfile(name, out var profile) ? profile.Options : null);
        return keys is null ? null : (keys.AccessKey, keys.SecretKey);
    }

    private static T? WithFile<T>(byte[] file, Func<SharedCredentialsFile, T?> read)
        where T : class
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, file);
            return read(new SharedCredentialsFile(path));
        }
#pragma warning disable CA1031 // The SDK throws what it likes for a file that it cannot read.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static async Task<List<BotocoreFile?>> AskAsync(List<byte[]> files)
    {
        using var process = Child.Start(
            ["python3", Path.Combine(AppContext.BaseDirectory, "botocore_reader.py")], new Dictionary<string,
                string>
            { ["PYTHONUTF8"] = "1" });
        var end = Child.EndAsync(process);
        await JsonSerializer.SerializeAsync(process.StandardInput.BaseStream, new { files, words = Array.Empty<string>() });
        process.StandardInput.Close();
        using var answer = JsonDocument.Parse((await end).Output);
        return [.. answer.RootElement.GetProperty("files").EnumerateArray().Select(
            file => file.Deserialize<BotocoreFile?>(JsonSerializerOptions.Web))];
    }
}

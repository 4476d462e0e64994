using System.Text;
using MfaSts.Prove.Fuzz;
using MfaSts.Tests.Fakes;

namespace MfaSts.Prove.Guided;

/// <summary>
/// The checks of the chapter "fuzz" under AFL++, which chooses the bytes by the branches that they reach. README.md says how to run it.
/// </summary>
internal static class GuidedRun
{
    private const int Seeds = 60;

    // Three edits draw six numbers each.
    private const int Choices = 18;

    /// <summary>Does what the command line asks.</summary>
    /// <returns>The exit code: 0, 1 for a promise that the input on stdin breaks, 2 for a command line that makes no sense.</returns>
    public static int Run(string[] args)
    {
        switch (args)
        {
            case ["prepare", var folder]:
                Prepare(folder);
                return 0;
            case ["edits"]:
                return AflServer.Serve(TryEdits);
            case ["texts"]:
                return AflServer.Serve(input => TextProperties.Try(Encoding.UTF8.GetString(input)));
            case ["stores"]:
                return AflServer.Serve(TryStores);
            default:
                Console.Error.WriteLine("usage: guided prepare FOLDER | guided edits | guided texts | guided stores");
                return 2;
        }
    }

    // The first bytes are the choice of edits, the others the file.
    private static string? TryEdits(byte[] input)
    {
        byte[] choices = [.. input.Take(Choices)];
        return EditProperties.Try(input[choices.Length..], new ChosenNumbers(choices)).Broken;
    }

    private static string? TryStores(byte[] input)
    {
        using var stores = new StoreProperties();
        return stores.Try(input);
    }

    private static void Prepare(string folder)
    {
        Console.WriteLine($"{Probes.Add(Path.Combine(AppContext.BaseDirectory, "MfaSts.Core.dll"))} branches");
        var generator = new IniGenerator(1);
        var random = new Random(1);
        for (int i = 0; i < Seeds; i++)
        {
            byte[] choices = new byte[Choices];
            random.NextBytes(choices);
            byte[] file = i % 2 == 0 ? generator.Next() : generator.NextSound();
            Write(folder, "edits", i, [.. choices, .. file]);
            Write(folder, "stores", i, file);
        }

        for (int i = 0; i < TextProperties.Examples.Count; i++)
        {
            Write(folder, "texts", i, Encoding.UTF8.GetBytes(TextProperties.Examples[i]));
        }

        File.WriteAllLines(Path.Combine(folder, "words.dict"), InputSource.Pieces.Concat(TextProperties.Examples).Select(Word));
    }

    private static void Write(string folder, string check, int number, byte[] seed) =>
        File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(Path.Combine(folder, check)).FullName, $"{number}"), seed);

    private static string Word(string piece) => $"\"{string.Concat(Encoding.UTF8.GetBytes(piece).Select(part => $"\\x{part:x2}"))}\"";
}

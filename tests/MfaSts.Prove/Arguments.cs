using System.Globalization;

namespace MfaSts.Prove;

/// <summary>The command line.</summary>
internal sealed record Arguments(bool IsLong, int Seed, double Minutes, IReadOnlyList<string> Chapters)
{
    /// <summary>Reads the command line.</summary>
    /// <returns>Null when it makes no sense.</returns>
    public static Arguments? Parse(string[] args)
    {
        var result = new Arguments(IsLong: false, Seed: Random.Shared.Next(1_000_000), Minutes: 0, Chapters: []);
        for (int i = 0; i < args.Length; i++)
        {
            var next = args[i] switch
            {
                "--long" => result with { IsLong = true },
                "--seed" when ++i < args.Length && int.TryParse(args[i], CultureInfo.InvariantCulture, out int seed) =>
                    result with { Seed = seed },
                "--minutes" when ++i < args.Length && double.TryParse(args[i], CultureInfo.InvariantCulture, out double minutes) =>
                    result with { Minutes = minutes },
                var name when Prove.Chapters.All.Any(chapter => chapter.Name == name) =>
                    result with { Chapters = [.. result.Chapters, name] },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            result = next;
        }

        return result.Minutes > 0 ? result : result with { Minutes = result.IsLong ? 30 : 0.3 };
    }
}

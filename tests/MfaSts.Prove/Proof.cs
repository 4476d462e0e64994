using System.Globalization;

namespace MfaSts.Prove;

/// <summary>One run: what was asked for, the figures that the chapters count, and every promise that was found broken.</summary>
/// <param name="isLong">More of everything: by hand, not in CI.</param>
/// <param name="seed">What all random choices come from, so that a run can be repeated.</param>
/// <param name="minutes">How long the soak lasts.</param>
internal sealed class Proof(bool isLong, int seed, double minutes)
{
    private const int MostShown = 20;

    private readonly Lock _lock = new();
    private readonly List<(string Chapter, string What, long Count, string? Text)> _figures = [];
    private string _chapter = string.Empty;

    public bool IsLong => isLong;

    public int Seed => seed;

    public double Minutes => minutes;

    public int Violations { get; private set; }

    /// <summary>The chapter that figures are counted for from here on.</summary>
    public void Begin(string chapter)
    {
        _chapter = chapter;
        Console.Error.WriteLine($"{chapter} ...");
    }

    /// <summary>Adds to a figure.</summary>
    public void Count(string what, long count = 1)
    {
        lock (_lock)
        {
            int index = Find(what);
            _figures[index] = _figures[index] with { Count = _figures[index].Count + count };
        }
    }

    /// <summary>Sets a figure that is not a plain number.</summary>
    public void Say(string what, string text)
    {
        lock (_lock)
        {
            int index = Find(what);
            _figures[index] = _figures[index] with { Text = text };
        }
    }

    /// <summary>Says what this machine cannot prove, and why.</summary>
    public void Skip(string what, string why) => Say(what, "skipped: " + why);

    /// <summary>A promise that was broken.</summary>
    /// <param name="promise">What should hold.</param>
    /// <param name="replay">The case, so that it can be seen again.</param>
    public void Violate(string promise, string replay)
    {
        lock (_lock)
        {
            Violations++;
            if (Violations <= MostShown)
            {
                Console.Error.WriteLine(
                    $"VIOLATION in {_chapter}: {promise}\n    case: {replay}\n    again: --seed {Seed} "
                        + $"{(IsLong ? "--long " : string.Empty)}{_chapter}");
            }
        }
    }

    public void Require(bool holds, string promise, string replay)
    {
        if (!holds)
        {
            Violate(promise, replay);
        }
    }

    /// <summary>
    /// A promise about time. It is held in the long form alone, which a person runs on a quiet machine: the short form runs beside other
    /// work, and a time is then the machine's as much as ours.
    /// </summary>
    public void RequireWithin(TimeSpan limit, TimeSpan time, string promise, string replay) =>
        Require(!isLong || time < limit, promise, replay);

    /// <summary>The table, as it stands in README.md.</summary>
    public void Print()
    {
        Console.WriteLine();
        Console.WriteLine("| chapter | what | figure |");
        Console.WriteLine("| --- | --- | --- |");
        foreach (var (chapter, what, count, text) in _figures)
        {
            Console.WriteLine($"| {chapter} | {what} | {text ?? count.ToString("#,0", CultureInfo.InvariantCulture)} |");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| all | violations | {Violations} |"));
    }

    private int Find(string what)
    {
        int index = _figures.FindIndex(figure => figure.Chapter == _chapter && figure.What == what);
        if (index < 0)
        {
            _figures.Add((_chapter, what, 0, null));
            index = _figures.Count - 1;
        }

        return index;
    }
}

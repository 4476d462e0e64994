using System.Globalization;

namespace MfaSts.Benchmark;

/// <summary>A table in Markdown.</summary>
internal static class Report
{
    public static void Begin(string title, params string[] columns)
    {
        Console.WriteLine();
        Console.WriteLine("### " + title);
        Console.WriteLine();
        Row(columns);
        Row([.. columns.Select(_ => "---")]);
    }

    public static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

    public static string Ratio(Samples one, Samples other) => (one.Median / other.Median).ToString("0.00", CultureInfo.InvariantCulture);
}

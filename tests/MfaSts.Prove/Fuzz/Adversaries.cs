using System.Diagnostics;
using System.Globalization;
using System.Text;
using MfaSts.Files;

namespace MfaSts.Prove.Fuzz;

/// <summary>Ten megabytes of what a parser may be slow on.</summary>
internal static class Adversaries
{
    private const int Size = 10_000_000;

    private static readonly (string Name, Func<byte[]> Make)[] Shapes =
    [
        ("one line", () => Fill("[p]\n", "k")),
        ("one value", () => Fill("[p]\nk = ", "v")),
        ("delimiters", () => Fill("[p]\nk", "=")),
        ("opening brackets", () => Fill("", "[")),
        ("a header of brackets", () => [.. Fill("[", "["), .. "]\n"u8]),
        ("closing brackets", () => Fill("[", "]")),
        ("brackets in turn", () => Fill("[a", "][")),
        ("line feeds", () => Fill("", "\n")),
        ("carriage returns", () => Fill("[p]\n", "\r")),
        ("comments", () => Fill("[p]\nk = v\n", "# c\n")),
        ("blanks", () => Fill("[p]\nk = v", " ")),
        ("wide blanks", () => Fill("[p]\nk = v", "\u2003")),
        ("blanks before a key", () => [.. Fill("[p]\n", " "), .. "k = v\n"u8]),
        ("bytes that are not UTF-8", () => [.. "[p]\nk = "u8, .. Enumerable.Repeat((byte)0xFF, Size)]),
        ("continuation bytes", () => [.. "[p]\nk = "u8, .. Enumerable.Repeat((byte)0x80, Size)]),
        ("NULs", () => Fill("[p]\nk = v", "\0")),
        ("sections", () => Lines("", i => $"[s{i}]")),
        ("keys in one section", () => Lines("[p]\n", i => $"k{i} = v")),
        ("keys beyond ASCII", () => Lines("[p]\n", i => $"é{i} = v")),
        ("keys with one hash", () => Lines("[p]\n", i => new string('k', 1 + (i % 4000)) + i + " = v")),
        ("continuation lines", () => Fill("[p]\nk = v\n", "  more\n")),
        ("nested keys", () => Lines("[p]\ns3 =\n", i => $"  k{i} = v")),
        ("nested blocks", () => Lines("[p]\n", i => $"s{i} =\n  a = b")),
        ("blank lines inside a value", () => [.. Fill("[p]\nk = v\n", "\n"), .. "  more\n"u8]),
        ("keys with a colon", () => Lines("[p]\n", i => $"k{i}: v")),
        ("headers with text behind", () => Lines("", i => $"[s{i}] junk")),
        ("sections after [DEFAULT]", () => Lines("[DEFAULT]\nd = 1\n", i => $"[s{i}]\nk = v")),
        ("vertical tabs in a nested line", () => Fill("[p]\ns3 =\n  a = b", "\v")),
        ("quotes", () => Fill("[profile \"", "\"")),
        ("backslashes", () => [.. Fill("[profile ", "\\"), .. "]\n"u8]),
    ];

    public static void Run(Proof proof)
    {
        // The short form runs beside other work, and code that is not optimised is several times slower: what is not linear takes minutes
        // all the same.
        var limit = TimeSpan.FromSeconds(proof.IsLong && IsOptimised ? 1 : 3);
        (string Name, TimeSpan Time) slowestRead = default;
        (string Name, TimeSpan Time) slowestEdit = default;
        foreach (var (name, make) in Shapes)
        {
            byte[] bytes = make();
            var read = Measure(() => Read(bytes), limit / 2);
            var edit = Measure(() => Edit(bytes), limit);
            slowestRead = read > slowestRead.Time ? (name, read) : slowestRead;
            slowestEdit = edit > slowestEdit.Time ? (name, edit) : slowestEdit;
            proof.Count("shapes of 10 MB");
            proof.Require(read < limit, "10 MB of anything are read in under a second (three in the short form)", Show((name, read)));
            proof.Require(edit < limit * 3, "10 MB of anything are edited in the time of a few reads", Show((name, edit)));
        }

        proof.Say("the slowest of them to read", Show(slowestRead));
        proof.Say("the slowest of them to edit", Show(slowestEdit));
    }

    private static bool IsOptimised =>
        typeof(IniDocument)
            .Assembly.GetCustomAttributes(typeof(DebuggableAttribute),
                inherit: false) is not [DebuggableAttribute { IsJITOptimizerDisabled: true }];

    // Another program may have had the processor: what seems slow is measured again, and the least tells what the work takes.
    private static TimeSpan Measure(Action action, TimeSpan quick)
    {
        var least = TimeSpan.MaxValue;
        for (int i = 0; i < 3 && least > quick; i++)
        {
            var time = Once(action);
            least = time < least ? time : least;
        }

        return least;
    }

    private static TimeSpan Once(Action action)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var worked = process.TotalProcessorTime;
        long start = Stopwatch.GetTimestamp();
        try
        {
            action();
        }
        catch (IniFormatException)
        {
            // Refused, and in time.
        }

        // Time that other programs had the processor is not the parser's.
        var wall = Stopwatch.GetElapsedTime(start);
        process.Refresh();
        var processor = process.TotalProcessorTime - worked;
        return processor < wall ? processor : wall;
    }

    private static string Show((string Name, TimeSpan Time) shape) =>
        string.Create(CultureInfo.InvariantCulture, $"{shape.Time.TotalMilliseconds:0} ms ({shape.Name})");

    private static IniDocument Read(byte[] bytes)
    {
        var document = IniDocument.Parse(bytes);
        _ = document.Remarks.Count();
        _ = new Profiles.ConfigFile(document).FindProfile("p")?["s3"];
        var last = document.Sections.Count > 0 ? document.Sections[^1] : null;
        _ = last?["aws_access_key_id"];
        _ = last?.FindKey("s3")?.GetNested("x");
        return document;
    }

    private static void Edit(byte[] bytes)
    {
        var document = IniDocument.Parse(bytes);
        string name = document.Sections.Count > 0 ? document.Sections[^1].Name : "new";
        document.Set(name == IniDocument.DefaultsName ? "new" : name, [new("aws_access_key_id", "AKIA")]);
    }

    private static byte[] Fill(string head, string piece) =>
        Encoding.UTF8.GetBytes(head + string.Concat(Enumerable.Repeat(piece, Size / Encoding.UTF8.GetByteCount(piece))));

    private static byte[] Lines(string head, Func<int, string> line)
    {
        var text = new StringBuilder(head);
        for (int i = 0; text.Length < Size; i++)
        {
            text.Append(line(i)).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

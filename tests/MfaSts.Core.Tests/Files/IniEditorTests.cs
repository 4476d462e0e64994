using System.Text;
using MfaSts.Files;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Files;

public class IniEditorTests
{
    private const int Count = 2500;

    [Fact]
    public void Set_AnySoundFile_ChangesNothingButItsTarget()
    {
        var generator = new IniGenerator(7);
        for (int i = 0; i < Count; i++)
        {
            var before = IniDocument.Parse(generator.NextSound());
            string section = generator.Pick("p", "default", "q r", "x", "new");
            string key = generator.Pick("aws_access_key_id", "region", "unknown", "brand_new");
            string? value = generator.Pick("w", "longer value", "é", "") is { Length: > 0 } some ? some : null;
            var after = before.Set(section, [new(key, value)]);

            AssertOthersKept(before, after, section);
            Assert.Equal(value, after.Find(section)?.FindKey(key)?.Value);
            AssertOtherLinesKept(before, after, section, key);
            Assert.Equal(before.TextStart, after.TextStart);
            Assert.Equal(LineBreaks(before), value is null || LineBreaks(before).Length == 0 ? LineBreaks(before) : LineBreaks(after));
        }
    }

    [Fact]
    public void Set_KeysAddedAndRemovedAtOnce_AreAsAsked()
    {
        var generator = new IniGenerator(11);
        for (int i = 0; i < Count; i++)
        {
            var before = IniDocument.Parse(generator.NextSound());
            var after =
                before.Set(
                    "x", [new("unknown", null), new("region", "w"), new("a_new", "1"), new("aws_access_key_id", "2"), new("b_new", "3")]);

            AssertOthersKept(before, after, "x");
            Assert.Equal(
                (null, "w", "1", "2", "3"),
                (after.Find("x")!["unknown"], after.Find("x")!["region"], after.Find("x")!["a_new"], after.Find("x")!["aws_access_key_id"],
                    after.Find("x")!["b_new"]));
        }
    }

    [Fact]
    public void Remove_AnySoundFile_TakesOnlyItsSection()
    {
        var generator = new IniGenerator(13);
        int removed = 0;
        for (int i = 0; i < Count; i++)
        {
            var before = IniDocument.Parse(generator.NextSound());
            string section = generator.Pick("p", "default", "q r", "x");
            if (before.Find(section)!.Keys.Any(key => key.HasContinuation))
            {
                Assert.Throws<IniFormatException>(() => before.Remove(section));
                continue;
            }

            var after = before.Remove(section);
            Assert.Null(after.Find(section));
            foreach (var other in before.Sections.Where(other => other.Name != section))
            {
                Assert.StartsWith(Keys(before, other), Raw(after, other.Name), StringComparison.Ordinal);
            }

            removed++;
        }

        Assert.True(removed > Count / 10);
    }

    [Theory]
    [InlineData("[a]\nk = v\n", "[a]\nk = v\n\n[p]\nn = 1\n")]
    [InlineData("[a]\nk=v\n\n", "[a]\nk=v\n\n[p]\nn=1\n")]
    [InlineData("[a]\r\nk = v", "[a]\r\nk = v\r\n\r\n[p]\r\nn = 1")]
    [InlineData("", "[p]\nn = 1\n")]
    [InlineData("\n", "\n[p]\nn = 1\n")]
    [InlineData("# only a comment\n", "# only a comment\n\n[p]\nn = 1\n")]
    public void Set_NewSection_StandsAtTheEndInTheFilesStyle(string text, string expected) =>
        Assert.Equal(expected, Text(Parse(text).Set("p", [new("n", "1")])));

    [Theory]
    [InlineData("[p]\nk = v\n# about q\n\n[q]\n", "[p]\nk = v\nn = 1\n# about q\n\n[q]\n")]
    [InlineData("[p]\n# empty\n[q]\n", "[p]\nn = 1\n# empty\n[q]\n")]
    [InlineData("[p]\n\tk=v\n", "[p]\n\tk=v\n\tn=1\n")]
    [InlineData("[p]\nk: v\n", "[p]\nk: v\nn= 1\n")]
    public void Set_NewKey_StandsBehindTheLastOneInItsStyle(string text, string expected) =>
        Assert.Equal(expected, Text(Parse(text).Set("p", [new("n", "1")])));

    [Theory]
    [InlineData("[a]\nk = v\n\n[p]\nn = 1\n\n[q]\n", "[a]\nk = v\n\n[q]\n")]
    [InlineData("[a]\nk = v\n[p]\nn = 1\n[q]\n", "[a]\nk = v\n[q]\n")]
    [InlineData("[a]\nk = v\n[p]\nn = 1\n\n[q]\n", "[a]\nk = v\n\n[q]\n")]
    [InlineData("[p]\nn = 1\n# about q\n[q]\n", "# about q\n[q]\n")]
    [InlineData("[p]\nn = 1", "")]
    public void Remove_Section_GoesWithItsBlankLinesAndLeavesComments(string text, string expected) =>
        Assert.Equal(expected, Text(Parse(text).Remove("p")));

    [Fact]
    public void Set_OnlyRemovalsInASectionThatIsNotThere_ChangesNothing()
    {
        var document = Parse("[a]\nk = v\n");

        Assert.Same(document, document.Set("p", [new("k", null)]));
        Assert.Same(document, document.Remove("p"));
    }

    [Fact]
    public void RemoveKeys_AllKeysAreOurs_TakesTheSectionElseTheLines()
    {
        var document = Parse("[p]\nK = v\nn = 1\n[q]\nk = 2\n[r]\n");

        Assert.Equal("[q]\nk = 2\n[r]\n", Text(document.RemoveKeys(document.Find("p")!, ["k", "n"])));
        Assert.Equal("[p]\nn = 1\n[q]\nk = 2\n[r]\n", Text(document.RemoveKeys(document.Find("p")!, ["k", "other"])));
        Assert.Equal(Text(document), Text(document.RemoveKeys(document.Find("r")!, ["k"])));
    }

    [Theory]
    [InlineData("[a]\nx = 1\n\n[p]\n# old = 0\nk = v\n\n[q]\n", "[a]\nx = 1\n\n[p]\n# old = 0\n\n[q]\n")]
    [InlineData("[p]\r\nk = v\r\n  ; between\r\nn = 1", "[p]\r\n  ; between\r\n")]
    [InlineData("[p]\n\n#aws_access_key_id = A\nn = 1\nk = v\n# behind\n", "[p]\n\n#aws_access_key_id = A\n# behind\n")]
    [InlineData("# before\n[p]\nk = v\n# behind\n[q]\n", "# before\n# behind\n[q]\n")]
    public void RemoveKeys_CommentAmongTheKeys_StaysWithItsHeader(string text, string expected)
    {
        var document = Parse(text);

        Assert.Equal(expected, Text(document.RemoveKeys(document.Find("p")!, ["k", "n"])));
    }

    [Fact]
    public void RemoveKeys_AllKeysOfAnySoundFile_LosesNoComment()
    {
        var generator = new IniGenerator(17);
        int kept = 0;
        for (int i = 0; i < Count; i++)
        {
            var before = IniDocument.Parse(generator.NextSound());
            var section = before.Find(generator.Pick("p", "default", "q r", "x"))!;
            if (section.Keys.Any(key => key.HasContinuation))
            {
                continue;
            }

            var after = before.RemoveKeys(section, [.. section.Keys.Select(key => key.Name)]);

            Assert.Empty(after.Find(section.Name)?.Keys ?? []);
            Assert.Equal(Comments(before), Comments(after));
            kept += after.Find(section.Name) is { } left && section.Keys.Count > 0 && left.Header.Start == section.Header.Start ? 1 : 0;
        }

        Assert.True(kept > 0);
    }

    [Theory]
    [InlineData("k", " v")]
    [InlineData("k", "v ")]
    [InlineData("k", "#v")]
    [InlineData("k", ";v")]
    [InlineData("k", "a\nb")]
    [InlineData("k", "a\r[b]")]
    [InlineData("k=", "v")]
    [InlineData("", "v")]
    [InlineData("[k", "v")]
    [InlineData(" k", "v")]
    public void Set_WhatWouldReadBackOtherwise_IsRefused(string key, string value)
    {
        Assert.Throws<IniFormatException>(() => Parse("[p]\nn = 1\n").Set("p", [new(key, value)]));
        Assert.Throws<IniFormatException>(() => Parse("").Set("p", [new(key, value)]));
    }

    [Theory]
    [InlineData("a]\nb")]
    [InlineData("a] [b")]
    [InlineData("")]
    public void Set_SectionNameThatWouldReadBackOtherwise_IsRefused(string section) =>
        Assert.Throws<IniFormatException>(() => Parse("[p]\nn = 1\n").Set(section, [new("k", "v")]));

    [Fact]
    public void ParseAndSet_TwentyTimesTheFile_IsNotDoneInSquareSteps()
    {
        // A generous bound: with square effort the large file would take minutes, not the moment that it takes.
        var document = Parse(string.Concat(Enumerable.Range(0, 60_000).Select(i => $"[p{i}]\naws_access_key_id = A{i}\nregion = x\n\n")));
        long start = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < 5; i++)
        {
            document = document.Set($"p{i * 10_000}", [new("region", "y"), new("new", "1")]);
        }

        Assert.Equal("y", document.Find("p40000")!["region"]);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Parse_ManyKeysInOneSection_IsNotDoneInSquareSteps()
    {
        long start = TimeProvider.System.GetTimestamp();
        var document = Parse("[p]\n" + string.Concat(Enumerable.Range(0, 200_000).Select(i => $"k{i} = v\n")));

        Assert.Equal(200_000, document.Find("p")!.Keys.Count);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Parse_LongContinuation_IsNotDoneInSquareSteps()
    {
        long start = TimeProvider.System.GetTimestamp();
        var document = Parse("[p]\nk = v\n" + string.Concat(Enumerable.Repeat("  more text that goes on\n", 60_000)));

        Assert.Equal(60_000, document.Find("p")!["k"]!.Count(c => c == '\n'));
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(30));
    }

    private static void AssertOthersKept(IniDocument before, IniDocument after, string section)
    {
        foreach (var other in before.Sections.Where(other => other.Name != section))
        {
            bool isLast = other == before.Sections[^1] && before.Find(section) is null;
            string was = Raw(before, other.Name);
            string now = Raw(after, other.Name);
            Assert.True(
                isLast ? now.StartsWith(was, StringComparison.Ordinal) && string.IsNullOrWhiteSpace(now[was.Length..]) : was == now,
                $"[{other.Name}]: '{was}' became '{now}'");
        }

        Assert.Equal(before.Bytes[..before.Sections[0].Header.Start], after.Bytes[..before.Sections[0].Header.Start]);
    }

    // In the section itself all lines but the one of the key stand in their old order.
    private static void AssertOtherLinesKept(IniDocument before, IniDocument after, string section, string key)
    {
        if (before.Find(section) is { } found)
        {
            var was = Lines(Raw(before, section)).Where(line => !line.TrimStart().StartsWith(key, StringComparison.OrdinalIgnoreCase));
            var now = Lines(Raw(after, section)).Where(line => !line.TrimStart().StartsWith(key, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(was.Where(line => line.Length > 0), now.Where(line => line.Length > 0));
            Assert.Equal(found.Keys.Where(other => !other.Name.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(
                other => (other.Name, other.Value)),
                after.Find(section)!.Keys.Where(other => !other.Name.Equals(key, StringComparison.OrdinalIgnoreCase)).Select(
                    other => (other.Name, other.Value)));
        }
    }

    private static IEnumerable<string> Comments(IniDocument document) =>
        Lines(Encoding.Latin1.GetString(document.Bytes)).Where(line => line.TrimStart() is ['#' or ';', ..]);

    private static string[] Lines(string text) => text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);

    private static string LineBreaks(IniDocument document)
    {
        string text = Text(document);
        return (text.Contains("\r\n", StringComparison.Ordinal) ? "crlf " : string.Empty)
            + (text.Replace("\r\n", string.Empty, StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal) ? "lf " : string.Empty)
            + (text.Replace("\r\n", string.Empty, StringComparison.Ordinal).Contains('\r', StringComparison.Ordinal) ? "cr " : string.Empty)
            + (text.EndsWith('\n') || text.EndsWith('\r') ? "closed" : "open");
    }

    private static string Keys(IniDocument document, IniSection section) =>
        section.Keys.Count == 0 ? string.Empty : Raw(document, section.Name)[..(section.Keys[^1].BlockEnd - section.Header.Start)];

    private static string Raw(IniDocument document, string section) =>
        document.Find(section) is { } found ? Encoding.Latin1.GetString(document.Bytes[found.Header.Start..found.End]) : string.Empty;

    private static IniDocument Parse(string text) => IniDocument.Parse(Encoding.UTF8.GetBytes(text));

    private static string Text(IniDocument document) => Encoding.UTF8.GetString(document.Bytes);
}

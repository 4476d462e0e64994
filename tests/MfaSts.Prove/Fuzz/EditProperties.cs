using MfaSts.Files;

namespace MfaSts.Prove.Fuzz;

/// <summary>What must hold for any bytes: they are read or refused, and an edit changes its target and nothing else.</summary>
internal static class EditProperties
{
    private static readonly string[] NewValues = ["v", "a=b", "x # y", "", "é", "wJal/rX+Ut=", " lead", "[x]", "a\nb", "#c"];
    private static readonly string[] NewNames =
        ["k", "aws_access_key_id", "region", "s3", "brand_new", "K", "a b", "é", "AWS_SECRET_access_key"];

    /// <summary>Tries one input.</summary>
    /// <returns>The broken promise, or null; and a number for what the input did.</returns>
    public static (string? Broken, int Behaviour) Try(byte[] input, Random random)
    {
        byte[] copy = [.. input];
        IniDocument document;
        try
        {
            document = IniDocument.Parse(input);
        }
        catch (IniFormatException e)
        {
            return (null, HashCode.Combine(e.Message.Length, e.Line is null));
        }

        if (!document.Bytes.AsSpan().SequenceEqual(copy))
        {
            return ("parsed and printed, the bytes are the same", 0);
        }

        var behaviour = default(HashCode);
        behaviour.Add(document.Remarks.Count());
        foreach (var section in document.Sections)
        {
            behaviour.Add(section.Keys.Count);
        }

        for (int i = 0; i < 3; i++)
        {
            if (Edit(document, random, ref behaviour) is { } broken)
            {
                return (broken, 0);
            }
        }

        return (
            document.Bytes.AsSpan().SequenceEqual(copy) ? null : "an edit leaves the document that it was given", behaviour.ToHashCode());
    }

    private static string? Edit(IniDocument document, Random random, ref HashCode behaviour)
    {
        var sections = document.Sections.Where(section => section.Name != IniDocument.DefaultsName).ToList();
        var target = sections.Count > 0 && random.Next(5) > 0 ? sections[random.Next(sections.Count)] : null;
        string name = target?.Name ?? "new-section";
        string key = target is { Keys.Count: > 0 } && random.Next(2) == 0
            ? target.Keys[random.Next(target.Keys.Count)].Name
            : NewNames[random.Next(NewNames.Length)];
        string? value = random.Next(4) == 0 ? null : NewValues[random.Next(NewValues.Length)];
        int operation = random.Next(4);
        IniDocument edited;
        try
        {
            edited = operation switch
            {
                0 => document.Remove(name),
                1 when target is not null => document.RemoveKeys(target, [key]),
                _ => document.Set(name, [new(key, value)]),
            };
        }
        catch (IniFormatException e)
        {
            behaviour.Add(e.Message.Length);
            return null;
        }

        behaviour.Add(operation);
        behaviour.Add(edited.Bytes.Length.CompareTo(document.Bytes.Length));
        string what =
            operation switch
            {
                0 => $"Remove [{name}]",
                1
                when target is not null => $"RemoveKeys [{name}] {key}",
                _ => $"Set [{name}] {key} = '{value}'"
            };
        return Check(
            document,
            edited,
            document.Find(name),
            name,
            key,
            operation == 0 ? null : operation == 1 && target is not null ? null : value,
            operation) is { } broken
            ? $"{broken}: {what}"
            : null;
    }

    private static string? Check(
        IniDocument before, IniDocument edited, IniSection? target, string name, string key, string? value, int operation)
    {
        IniDocument after;
        try
        {
            after = IniDocument.Parse(edited.Bytes);
        }
        catch (IniFormatException e)
        {
            return $"what is written can be read ({e.Message})";
        }

        int low = target?.Header.Start ?? before.Bytes.Length;
        int high = target?.End ?? before.Bytes.Length;
        if (!edited.Bytes.AsSpan().StartsWith(before.Bytes.AsSpan(0, low)) || !edited.Bytes.AsSpan(low).EndsWith(before.Bytes.AsSpan(high)))
        {
            return "bytes outside the section stay";
        }

        var found = after.Find(name);
        if (!IsSplice(before, edited, target, key, value, isRemoved: found is null))
        {
            return "inside the section, too, all other bytes stay";
        }

        if (operation == 0)
        {
            return found is null ? CheckOthers(before, after, name) : "a removed section is gone";
        }

        if (found?.FindKey(key)?.Value != value && !(value is null && found is null))
        {
            return $"the key reads back ('{found?.FindKey(key)?.Value}')";
        }

        return CheckOthers(before, after, name) ?? CheckOtherKeys(before, target, after, found, key);
    }

    // A new line is put in, a value's place is taken by the new one, a removal takes whole lines, and with a section the blank lines behind
    // it.
    private static bool IsSplice(IniDocument before, IniDocument edited, IniSection? target, string key, string? value, bool isRemoved)
    {
        var existing = target?.FindKey(key);
        if (existing is null && value is null && !(isRemoved && target is not null))
        {
            return edited.Bytes.AsSpan().SequenceEqual(before.Bytes);
        }

        int last = target is null ? before.Bytes.Length : target.Keys.Count > 0 ? target.Keys[^1].BlockEnd : target.Header.Next;
        int same = before.Bytes.AsSpan().CommonPrefixLength(edited.Bytes);
        (int from, int to) = existing switch
        {
            _ when isRemoved && target is not null =>
                (target.Header.Start, target.Header.Start + before.Bytes.Length - edited.Bytes.Length),
            null => (same, same),
            _ when value is null => (existing.Line.Start, existing.BlockEnd),
            _ => (existing.Line.Delimiter, existing.Line.ValueEnd),
        };
        return edited.Bytes.AsSpan().StartsWith(before.Bytes.AsSpan(0, from))
            && edited.Bytes.AsSpan(from).EndsWith(before.Bytes.AsSpan(to))
            && (!isRemoved || to <= last || PythonText.SkipSpace(before.Bytes, last, to) == to);
    }

    private static string? CheckOthers(IniDocument before, IniDocument after, string name)
    {
        var old = before.Sections.Where(section => section.Name != name).ToList();
        var now = after.Sections.Where(section => section.Name != name).ToList();
        if (!old.Select(section => section.Name).SequenceEqual(now.Select(section => section.Name)))
        {
            return "other sections stay, in their order";
        }

        for (int i = 0; i < old.Count; i++)
        {
            if (!Values(old[i]).SequenceEqual(Values(now[i])))
            {
                return $"the values of [{old[i].Name}] stay";
            }
        }

        return null;
    }

    private static string? CheckOtherKeys(IniDocument before, IniSection? target, IniDocument after, IniSection? found, string key)
    {
        var old = target?.Keys.Where(IsOther).Select(other => Line(before, other)).ToList() ?? [];
        var now = found?.Keys.Where(IsOther).Select(other => Line(after, other)).ToList() ?? [];
        return old.SequenceEqual(now) ? null : "the lines of other keys stay";

        bool IsOther(IniKey other) => !other.Name.Equals(key, StringComparison.OrdinalIgnoreCase);
    }

    // Without the line's end: a last line without one gets it when a line comes after it.
    private static string Line(IniDocument document, IniKey key) =>
        Convert.ToHexString(document.Bytes.AsSpan(key.Line.Start, key.BlockEnd - key.Line.Start).TrimEnd("\r\n"u8));

    private static IEnumerable<(string Name, string Value)> Values(IniSection section) => section.Keys.Select(key => (key.Name, key.Value));
}

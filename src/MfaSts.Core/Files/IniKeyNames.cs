using System.Text;

namespace MfaSts.Files;

/// <summary>The keys met so far in one section, to find a key that stands twice. Most sections have a handful, so it begins as a list.</summary>
internal sealed class IniKeyNames(byte[] bytes)
{
    private const int FewEnoughToCompare = 12;

    private readonly List<IniLine> _few = [];
    private readonly Dictionary<string, int> _many = new(StringComparer.OrdinalIgnoreCase);

    public void Clear()
    {
        _few.Clear();
        _many.Clear();
    }

    /// <summary>Notes a key.</summary>
    /// <exception cref="IniFormatException">The section has it already, in whatever case.</exception>
    public void Add(in IniLine key)
    {
        if (_many.Count == 0 && _few.Count < FewEnoughToCompare)
        {
            AddToFew(key);
            return;
        }

        foreach (var line in _few)
        {
            _many.Add(Name(line), line.Number);
        }

        _few.Clear();
        if (!_many.TryAdd(Name(key), key.Number))
        {
            throw Duplicate(key, _many[Name(key)]);
        }
    }

    private void AddToFew(in IniLine key)
    {
        ReadOnlySpan<byte> name = bytes.AsSpan(key.NameStart, key.NameEnd - key.NameStart);
        foreach (var line in _few)
        {
            ReadOnlySpan<byte> other = bytes.AsSpan(line.NameStart, line.NameEnd - line.NameStart);
            if (Ascii.IsValid(name) ? Ascii.EqualsIgnoreCase(name, other) : Name(key).Equals(Name(line), StringComparison.OrdinalIgnoreCase))
            {
                throw Duplicate(key, line.Number);
            }
        }

        _few.Add(key);
    }

    private string Name(in IniLine line) => Encoding.UTF8.GetString(bytes, line.NameStart, line.NameEnd - line.NameStart);

    private IniFormatException Duplicate(in IniLine key, int first) =>
        new(key.Number, $"the key '{Name(key)}' stands in line {first} of the same section already");
}

using System.Text;

namespace MfaSts.Files;

/// <summary>
/// The keys met so far in one section, to find a key that stands twice. Most sections have a handful, so it begins as a list: a plain
/// array, since the runtime would compile a List of this struct at the first read of every process.
/// </summary>
internal sealed class IniKeyNames(byte[] bytes)
{
    private const int FewEnoughToCompare = 12;

    private readonly IniLine[] _few = new IniLine[FewEnoughToCompare];
    private readonly Dictionary<string, int> _many = new(StringComparer.OrdinalIgnoreCase);
    private int _fewCount;

    public void Clear()
    {
        _fewCount = 0;
        _many.Clear();
    }

    /// <summary>Notes a key.</summary>
    /// <exception cref="IniFormatException">The section has it already, in whatever case.</exception>
    public void Add(in IniLine key)
    {
        if (_many.Count == 0 && _fewCount < FewEnoughToCompare)
        {
            AddToFew(key);
            return;
        }

        for (int i = 0; i < _fewCount; i++)
        {
            _many.Add(Name(_few[i]), _few[i].Number);
        }

        _fewCount = 0;
        if (!_many.TryAdd(Name(key), key.Number))
        {
            throw Duplicate(key, _many[Name(key)]);
        }
    }

    private void AddToFew(in IniLine key)
    {
        ReadOnlySpan<byte> name = bytes.AsSpan(key.NameStart, key.NameEnd - key.NameStart);
        for (int i = 0; i < _fewCount; i++)
        {
            ref readonly var line = ref _few[i];
            ReadOnlySpan<byte> other = bytes.AsSpan(line.NameStart, line.NameEnd - line.NameStart);
            bool isSame = Ascii.IsValid(name)
                ? Ascii.EqualsIgnoreCase(name, other)
                : Name(key).Equals(Name(line), StringComparison.OrdinalIgnoreCase);
            if (isSame)
            {
                throw Duplicate(key, line.Number);
            }
        }

        _few[_fewCount++] = key;
    }

    private string Name(in IniLine line) => Encoding.UTF8.GetString(bytes, line.NameStart, line.NameEnd - line.NameStart);

    private IniFormatException Duplicate(in IniLine key, int first) =>
        new(key.Number, $"the key '{Name(key)}' is already in line {first} of the same section");
}

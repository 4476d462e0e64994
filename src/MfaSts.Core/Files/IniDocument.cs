using System.Text;
using System.Text.Unicode;

namespace MfaSts.Files;

/// <summary>
/// An AWS credentials or config file, byte for byte. It is never printed from a model: an edit is a splice into the bytes that were read,
/// so what the edit is not about stays as it is.
/// </summary>
internal sealed class IniDocument
{
    /// <summary>The section whose keys every other section inherits (configparser's default_section).</summary>
    public const string DefaultsName = "DEFAULT";

    private readonly List<IniSection> _sections = [];
    private readonly Dictionary<string, IniSection> _byName = new(StringComparer.Ordinal);
    private readonly List<IniRemark> _remarks = [];

    private IniDocument(byte[] bytes) => Bytes = bytes;

    /// <summary>The file's bytes. They are not copied: nobody may change them.</summary>
    public byte[] Bytes { get; }

    /// <summary>The sections in the order of the file, [DEFAULT] included.</summary>
    public IReadOnlyList<IniSection> Sections => _sections;

    /// <summary>The [DEFAULT] section, or null.</summary>
    public IniSection? Defaults { get; private set; }

    /// <summary>Where the text begins: behind a byte order mark.</summary>
    public int TextStart { get; private init; }

    /// <summary>What is read here, but not by every AWS SDK.</summary>
    public IEnumerable<IniRemark> Remarks
    {
        get
        {
            if (TextStart > 0)
            {
                yield return new IniRemark(
                    1,
                    "the file begins with a byte order mark",
                    "the AWS CLI refuses it",
                    "save it as UTF-8 without BOM",
                    IniEditor.RemoveByteOrderMark);
            }

            if (!Utf8.IsValid(Bytes))
            {
                yield return new IniRemark(
                    null, "the file has bytes that are not UTF-8", "the AWS CLI refuses it", "save it as UTF-8");
            }

            foreach (var remark in _remarks)
            {
                yield return remark;
            }
        }
    }

    /// <summary>Reads a file's bytes.</summary>
    /// <exception cref="IniFormatException">It is not a file that can be read without doubt; the line is named.</exception>
    public static IniDocument Parse(byte[] bytes)
    {
        RefuseUtf16(bytes);
        var document = new IniDocument(bytes) { TextStart = bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0 };
        document.ReadSections();
        return document;
    }

    /// <summary>The section of that very name, or null. [DEFAULT] is not a section to be found.</summary>
    public IniSection? Find(string name) => name == DefaultsName ? null : _byName.GetValueOrDefault(name);

    private static void RefuseUtf16(byte[] bytes)
    {
        if (bytes.Length >= 2 && (bytes[0] is 0 || bytes[1] is 0 || (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF)))
        {
            throw new IniFormatException(null, "it is UTF-16 text, which no AWS tool reads; save it as UTF-8 without BOM");
        }
    }

    private void ReadSections()
    {
        var reader = new IniReader(Bytes, TextStart, Bytes.Length, line: 1, inSection: false);
        var keys = new IniKeyNames(Bytes);
        while (reader.Read(out var line))
        {
            if (line.Kind == IniLineKind.Header)
            {
                keys.Clear();
                AddSection(line);
            }
            else if (line.Kind == IniLineKind.Key)
            {
                keys.Add(line);
                if (Bytes[line.Delimiter] == ':')
                {
                    RemarkColon(line);
                }
            }
        }

        EndSection(Bytes.Length);
    }

    private void AddSection(in IniLine header)
    {
        EndSection(header.Start);
        string name = Encoding.UTF8.GetString(Bytes, header.NameStart, header.NameEnd - header.NameStart);
        var section = new IniSection(this, name, header);
        if (!_byName.TryAdd(name, section))
        {
            throw new IniFormatException(header.Number, $"the section [{name}] is already in line {_byName[name].Header.Number}");
        }

        _sections.Add(section);
        if (name == DefaultsName)
        {
            Defaults = section;
        }

        if (header.NameEnd + 1 < header.TextEnd)
        {
            Remark(
                header, "text follows the [section] header", "the AWS SDK for .NET refuses the file", "put it on a line of its own");
        }

        if (name.Trim().Length != name.Length)
        {
            Remark(
                header, $"the name in '[{name}]' has blanks at its ends", "the AWS SDKs disagree on what it is", "remove the blanks");
        }
    }

    private void EndSection(int end)
    {
        if (_sections.Count > 0)
        {
            _sections[^1].End = end;
        }
    }

    private void RemarkColon(in IniLine line)
    {
        string section = _sections[^1].Name;
        string key = Encoding.UTF8.GetString(Bytes, line.NameStart, line.NameEnd - line.NameStart);
        _remarks.Add(
            new IniRemark(
                line.Number,
                "it is written 'key: value'",
                "the AWS SDKs for .NET and JavaScript do not read it",
                "write 'key = value'",
                document => document.SetDelimiter(section, key)));
    }

    private void Remark(in IniLine line, string what, string affects, string remedy) =>
        _remarks.Add(new IniRemark(line.Number, what, affects, remedy));
}

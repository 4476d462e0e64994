using System.Text;
using MfaSts.Errors;
using MfaSts.Files;

namespace MfaSts.Credentials;

/// <summary>
/// A CSV file of access keys as the AWS console offers it: accessKeys.csv, and the older new_user_credentials.csv and credentials.csv with
/// the user's name and password beside (IAM user guide, "Managing access keys for IAM users").
/// </summary>
public sealed class AccessKeyCsv
{
    // The console's own have some hundred bytes a user.
    private const int MostBytes = 1024 * 1024;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly char[] Separators = [',', ';', '\t', '|', ':'];

    private readonly FileImage _image;

    private AccessKeyCsv(string path, FileImage image, IReadOnlyList<AccessKeyRow> rows, bool holdsPassword)
    {
        Path = path;
        _image = image;
        Rows = rows;
        HoldsPassword = holdsPassword;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The rows that have an access key, in the order of the file. There is at least one.</summary>
    public IReadOnlyList<AccessKeyRow> Rows { get; }

    /// <summary>A user's console password stands in the file too. It is stored nowhere else.</summary>
    public bool HoldsPassword { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">A full path.</param>
    /// <exception cref="MfaException">CsvUnreadable, StoreAccessDenied. No value of the file is told.</exception>
    public static AccessKeyCsv Read(string path)
    {
        var image = ReadImage(path);
        var records = Records(path, Text(path, image.Bytes!));
        var header = new Header(path, records[0].Fields);
        var rows = records.Skip(1).Select(record => header.Columns(record.Line, record.Fields)).ToList();
        var keys = rows.Where(HasKey).Select(row => AccessKeyRow.From(row.Source, row.Value)).ToList();
        return keys.Count > 0
            ? new AccessKeyCsv(path, image, keys, rows.Exists(row => !string.IsNullOrWhiteSpace(row.Value("Password"))))
            : throw MfaErrors.CsvUnreadable(null, Quoted(path), "no row has an access key");
    }

    /// <summary>Deletes the file; of a symbolic link the file behind it, too.</summary>
    /// <exception cref="MfaException">StoreAccessDenied, also when the file is no longer the one that was read.</exception>
    public void Delete() => StoreFailure.Translate(Path, "deleted", () =>
    {
        if (!_image.IsCurrent())
        {
            throw new IOException("it has changed since it was read");
        }

        File.Delete(_image.Path);
        File.Delete(Path);
        return true;
    });

    /// <summary>Names the file.</summary>
    public override string ToString() => Path;

    private static string Quoted(string path) => $"'{path}'";

    // A user that was made without an access key has a row all the same.
    private static bool HasKey((string Source, Func<string, string?> Value) row) =>
        !string.IsNullOrWhiteSpace(row.Value(AccessKeyRow.AccessKeyIdColumn))
            || !string.IsNullOrWhiteSpace(row.Value(AccessKeyRow.SecretAccessKeyColumn));

    private static FileImage ReadImage(string path) => StoreFailure.Translate(path, "read", () =>
    {
        var file = new FileInfo(FileImage.Resolve(path));
        if (file.Exists && file.Length > MostBytes)
        {
            throw MfaErrors.CsvUnreadable(null, Quoted(path), "it is larger than 1 MB");
        }

        try
        {
            var image = FileImage.Read(path);
            return image.Bytes is null ? throw MfaErrors.CsvUnreadable(null, Quoted(path), "there is no such file") : image;
        }
        catch (IniFormatException e)
        {
            throw MfaErrors.CsvUnreadable(null, Quoted(path), e.Message);
        }
    });

    private static string Text(string path, byte[] bytes)
    {
        if (IsUtf16(bytes))
        {
            throw MfaErrors.CsvUnreadable(null, Quoted(path), "it is UTF-16; save it as 'CSV UTF-8'");
        }

        try
        {
            return Utf8.GetString(bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException)
        {
            // The decoder's own words have the bytes in them.
            throw MfaErrors.CsvUnreadable(null, Quoted(path), "it is not UTF-8 text; save it as 'CSV UTF-8'");
        }
    }

    private static IReadOnlyList<(int Line, IReadOnlyList<string> Fields)> Records(string path, string text)
    {
        try
        {
            string bare = WithoutHint(text);
            var records = CsvText.Read(bare, SeparatorOf(bare));
            return records.Count > 0 ? records : throw MfaErrors.CsvUnreadable(null, Quoted(path), "it is empty");
        }
        catch (CsvFormatException e)
        {
            throw MfaErrors.CsvUnreadable(null, At(path, e.Line), e.Message);
        }
    }

    // 'Unicode text' of Excel; without a byte order mark every other byte of a key is zero.
    private static bool IsUtf16(byte[] bytes) =>
        bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || bytes.AsSpan(0, Math.Min(bytes.Length, 64)).Contains((byte)0);

    // Excel puts the list separator of the user's country between fields, and reads a first line 'sep=;'.
    private static string WithoutHint(string text)
    {
        int end = text.AsSpan().IndexOfAny('\r', '\n');
        return end > 0 && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && end <= "sep=".Length + 1 ? text[end..] : text;
    }

    private static char SeparatorOf(string text)
    {
        char found = Array.Find(Separators, separator => IsHeader(CsvText.Header(text, separator)));
        return found == default ? Separators[0] : found;
    }

    private static bool IsHeader(IReadOnlyList<string> names) =>
        names.Any(name => AccessKeyRow.IsColumn(name, AccessKeyRow.AccessKeyIdColumn))
            && names.Any(name => AccessKeyRow.IsColumn(name, AccessKeyRow.SecretAccessKeyColumn));

    private static string At(string path, int line) => $"{Quoted(path)}, line {line},";

    /// <summary>The file's first record.</summary>
    private sealed class Header
    {
        private static readonly string[] Known =
            [AccessKeyRow.AccessKeyIdColumn, AccessKeyRow.SecretAccessKeyColumn, AccessKeyRow.UserNameColumn, AccessKeyRow.ProfileColumn];

        private readonly string _path;
        private readonly IReadOnlyList<string> _names;

        public Header(string path, IReadOnlyList<string> names)
        {
            (_path, _names) = (path, names);
            foreach (string column in Known)
            {
                int count = names.Count(name => AccessKeyRow.IsColumn(name, column));
                bool isNeeded = column is AccessKeyRow.AccessKeyIdColumn or AccessKeyRow.SecretAccessKeyColumn;
                if (count > 1 || (count == 0 && isNeeded))
                {
                    // What the first line does have is not told: without a header it is a key.
                    throw MfaErrors.CsvUnreadable(
                        null, Quoted(path), $"its first line names {(count > 1 ? "more than one" : "no")} column '{column}'");
                }
            }
        }

        public (string Source, Func<string, string?> Value) Columns(int line, IReadOnlyList<string> fields)
        {
            return fields.Count == _names.Count
                ? (At(_path, line), column => Value(fields, column))
                : throw MfaErrors.CsvUnreadable(
                    null, At(_path, line), $"it has {fields.Count} fields, and the first line names {_names.Count} columns");
        }

        private string? Value(IReadOnlyList<string> fields, string column)
        {
            for (int i = 0; i < _names.Count; i++)
            {
                if (AccessKeyRow.IsColumn(_names[i], column))
                {
                    return fields[i];
                }
            }

            return null;
        }
    }
}

using MfaSts.Errors;
using MfaSts.Files;

namespace MfaSts.Sessions;

/// <summary>
/// Sessions that AWS has given and that could not be written to the credentials file: a code is spent, and must not be for nothing. They
/// are kept in this process's memory; the file is read as if they stood in it, and the next change of it writes them.
/// </summary>
public sealed class UnstoredSessions
{
    private readonly List<Entry> _entries = [];

    /// <summary>Why a session for a file is not in it; null when none is kept.</summary>
    internal MfaException? WhyNot(string path)
    {
        lock (_entries)
        {
            return Of(path).LastOrDefault()?.Cause;
        }
    }

    internal void Add(string path, Func<IniDocument, IniDocument> edit, Func<bool> isExpired, MfaException cause)
    {
        lock (_entries)
        {
            _entries.Add(new Entry(path, edit, isExpired, cause));
        }
    }

    /// <summary>The document with the sessions of its file in it.</summary>
    internal IniDocument Apply(string path, IniDocument document)
    {
        lock (_entries)
        {
            return _entries.Count == 0 ? document : Of(path).Aggregate(document, Apply);
        }
    }

    /// <summary>The file has been written with them.</summary>
    internal void Clear(string path)
    {
        lock (_entries)
        {
            _entries.RemoveAll(entry => entry.Path == path);
        }
    }

    // The section may have become one that must not be written: that is said when its session is asked for.
    private static IniDocument Apply(IniDocument document, Entry entry)
    {
        try
        {
            return entry.Edit(document);
        }
        catch (MfaException)
        {
            return document;
        }
    }

    private List<Entry> Of(string path)
    {
        _entries.RemoveAll(entry => entry.IsExpired());
        return _entries.FindAll(entry => entry.Path == path);
    }

    private sealed record Entry(string Path, Func<IniDocument, IniDocument> Edit, Func<bool> IsExpired, MfaException Cause)
    {
        // The edit holds keys.
        public override string ToString() => Path;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MfaSts.Files;
using MfaSts.Platform;

namespace MfaSts.Sessions;

/// <summary>
/// Remembers which codes were sent. AWS accepts a code once, and answers a second try as it answers a wrong code: better to say so before
/// sending. A code is kept as an HMAC under the secret access key, so the file tells nothing to who does not have the keys already.
/// </summary>
/// <param name="folder">The lock folder of the credentials file.</param>
/// <param name="clock">The clock.</param>
internal sealed class UsedCodeGuard(LockFolder folder, TimeProvider clock)
{
    // STS may accept the codes of neighbouring 30-second windows, so a spent one is refused for longer than its own.
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LockLimit = TimeSpan.FromSeconds(5);

    private readonly string _path = folder.File("used-codes");

    /// <summary>Notes that a code is about to be sent.</summary>
    /// <returns>False when it was sent already.</returns>
    public bool TryRecord(string serialNumber, string secretAccessKey, string code, CancellationToken cancellationToken)
    {
        string mark = Mark(serialNumber, secretAccessKey, code);
        bool isNew = false;
        Change(
            entries =>
            {
                isNew = !entries.Any(entry => entry.Mark == mark);
                return isNew ? [.. entries, (clock.GetUtcNow(), mark)] : entries;
            },
            cancellationToken);
        return isNew;
    }

    /// <summary>The code was not sent after all: not one byte of it.</summary>
    public void TakeBack(string serialNumber, string secretAccessKey, string code)
    {
        string mark = Mark(serialNumber, secretAccessKey, code);
        Change(entries => [.. entries.Where(entry => entry.Mark != mark)], CancellationToken.None);
    }

    // The device is hashed with the code: the file names neither.
    private static string Mark(string serialNumber, string secretAccessKey, string code) => Convert.ToHexString(
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secretAccessKey), Encoding.UTF8.GetBytes(serialNumber + "\n" + code)));

    private void Change(
        Func<List<(DateTimeOffset Sent, string Mark)>,
        List<(DateTimeOffset Sent, string Mark)>> change,
        CancellationToken cancellationToken)
    {
        using var held = FileLock.Take(_path + ".lock", _path, LockLimit, cancellationToken);
        StoreFailure.Translate(_path, "written", () =>
        {
            var lines =
                change(Read())
                    .Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Sent.ToUnixTimeSeconds()} {entry.Mark}\n"));
            Write(string.Concat(lines));
            return true;
        });
    }

    private List<(DateTimeOffset Sent, string Mark)> Read()
    {
        var entries = new List<(DateTimeOffset, string)>();
        foreach (string line in File.Exists(_path) ? File.ReadAllLines(_path) : [])
        {
            if (line.Split(' ') is [var sent, var mark]
                && long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out long seconds)
                && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                && (clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() < Memory)
            {
                entries.Add((DateTimeOffset.FromUnixTimeSeconds(seconds), mark));
            }
        }

        return entries;
    }

    private void Write(string text)
    {
        using var stream = new FileStream(_path, ThisSystem.Platform.PrivateFile(FileMode.Create));
        stream.Write(Encoding.ASCII.GetBytes(text));
        stream.Flush(flushToDisk: true);
    }
}

using System.Globalization;
using System.Text;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;

namespace MfaSts.Prove.Fuzz;

/// <summary>
/// What must hold for any text that a person or a file gives: it is refused with an error of the catalogue, or it comes back when it is
/// written and read again.
/// </summary>
internal static class TextProperties
{
    private const string Manager = "awsume";

    /// <summary>One of each form.</summary>
    public static IReadOnlyList<string> Examples { get; } =
    [
        "1d2h30m4s", "1.02:03:04", "43200", "2026-01-02T03:04:05Z", "2026-01-02 03:04:05", "2026-01-02 03:04:05.678+02:00",
        "2026-01-02T03:04:05.1234567",
        "arn:aws:iam::123456789012:mfa/joe", "arn:aws:iam::123456789012:user/a/joe", "GAHT12345678", "123 456", "team.prod@eu+1%:/-x",
        "p-long-term", "a 'b c' \"d\\\"e\" f\\ g", "\u2028\u202e\e[0m",
        "Access key ID,Secret access key\r\nAKIAIOSFODNN7EXAMPLE,wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\r\n",
        "User name,Password\n\"a,\"\"b\"\"\nc\",\n",
    ];

    /// <summary>Tries one text as everything that it may be.</summary>
    /// <returns>The broken promise, or null.</returns>
    public static string? Try(string text) =>
        Catch(() => Duration(text)) ?? Catch(() => Expiration(text)) ?? Catch(() => Words(text)) ?? Catch(() => Csv(text))
            ?? Catch(() => Name(text))
        ?? Catch(() => Shown(text)) ?? Catch(() => Device(text))
        ?? Catch(() => TokenCode.Require("p", text).Length == TokenCode.Length ? null : "a code has six digits");

    private static string? Duration(string text) =>
        !DurationText.TryParse(text, out var duration)
        || (
            DurationText.TryParse(
                DurationText.Format(duration).Replace(" ", string.Empty, StringComparison.Ordinal), out var again) && again == duration)
            ? null
            : "a duration comes back";

    private static string? Expiration(string text)
    {
        _ = ExpirationText.Parse(text, Manager);
        if (ExpirationText.Parse(text, manager: null) is not { } time)
        {
            return null;
        }

        var second = time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
        return ExpirationText.Parse(ExpirationText.Format(time), Manager) == second
            && ExpirationText.Parse(ExpirationText.FormatLike(text, time), manager: null) == second
            ? null
            : "an expiry comes back";
    }

    private static string? Words(string text)
    {
        var words = ShellWords.TrySplit(text);
        return words is null
            || ShellWords.TrySplit(
                string.Join(' ', words.Select(word => $"'{word.Replace("'", "'\"'\"'", StringComparison.Ordinal)}'")))!.SequenceEqual(words)
            ? null
            : "words come back";
    }

    private static string? Csv(string text)
    {
        List<IReadOnlyList<string>> records;
        try
        {
            records = [.. CsvText.Read(text).Select(record => record.Fields)];
        }
        catch (CsvFormatException)
        {
            return null;
        }

        string written =
            string.Concat(
                records.Select(
                    record => string.Join(
                        ',', record.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
        var again = CsvText.Read(written);
        return again.Count == records.Count && again.Zip(records, (one, other) => one.Fields.SequenceEqual(other)).All(same => same)
            ? null
            : "records come back";
    }

    private static string? Name(string text)
    {
        string name = ProfileName.RequireCreatable(ProfileName.Require(text));
        var words = ShellWords.TrySplit(CredentialProcessCommand.For("mfasts", name));
        return IniDocument.Parse([]).Set(name, [new("k", "v")]).Find(name)?["k"] == "v" && words is ["mfasts", _, var last] && last == name
            ? null
            : "a name comes back";
    }

    private static string? Shown(string text) =>
        PrintableText.Escape(text).EnumerateRunes()
            .Any(rune => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format)
        ? "no control character is shown"
        : null;

    private static string? Device(string text)
    {
        _ = DeviceArn.NameOf(text).Length + (DeviceArn.AccountOf(text)?.Length ?? 0);
        return DeviceArn.TypeOf(DeviceArn.Require("p", text)) == MfaDeviceType.SecurityKey
            ? "a device that gives no codes is refused"
            : null;
    }

    private static string? Catch(Func<string?> check)
    {
        try
        {
            return check();
        }
        catch (MfaException)
        {
            return null;
        }
#pragma warning disable CA1031 // Any other exception is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.ToString();
        }
    }
}

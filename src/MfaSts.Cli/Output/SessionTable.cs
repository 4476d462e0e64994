using System.Globalization;
using System.Text;
using System.Text.Json;
using MfaSts.Errors;

namespace MfaSts.Cli.Output;

/// <summary>Sessions as a table for people, or as JSON for programs. No colour, so there is none to switch off.</summary>
internal static class SessionTable
{
    private static readonly string[] Heads = ["PROFILE", "ACCOUNT", "STATE", "REMAINING", "EXPIRES", "SECTION"];
    private static readonly string[] HeadsWithRole = [.. Heads, "ROLE"];

    public static void Write(Stream output, IReadOnlyList<MfaSessionInfo> sessions, bool asJson)
    {
        if (asJson)
        {
            JsonList.Write(output, sessions, WriteMembers);
        }
        else
        {
            output.Write(Encoding.UTF8.GetBytes(Table(sessions)));
        }

        output.Flush();
    }

    private static string Table(IReadOnlyList<MfaSessionInfo> sessions)
    {
        bool hasRoles = sessions.Any(session => session.SessionRole is not null);
        string[] heads = hasRoles ? HeadsWithRole : Heads;
        List<string[]> rows =
            [heads, .. sessions.Select(
                session => hasRoles ? [.. Row(session), PrintableText.Escape(session.SessionRole ?? "-")] : Row(session))];
        int[] widths = [.. heads.Select((_, column) => rows.Max(row => row[column].Length))];
        return string.Concat(
            rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n"));
    }

    private static string[] Row(MfaSessionInfo session) =>
    [
        PrintableText.Escape(IsBelowSource(session) ? "  " + session.Profile : session.Profile),
        session.AccountId ?? "-",
        session.State.ToString(),
        session.Remaining is { } left ? DurationText.FormatShort(left) : "-",
        session.Expiration is { } end ? end.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : "-",
        PrintableText.Escape(session.Section),
    ];

    private static bool IsBelowSource(MfaSessionInfo session) =>
        session.SessionSource is not null && session.SessionSource != session.Profile;

    private static void WriteMembers(Utf8JsonWriter json, MfaSessionInfo session)
    {
        json.WriteString("Profile", session.Profile);
        json.WriteString("AccountId", session.AccountId);
        json.WriteString("State", session.State.ToString());
        if (session is { Remaining: { } left, Expiration: { } end })
        {
            json.WriteNumber("RemainingSeconds", (long)left.TotalSeconds);
            json.WriteString("Expiration", end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        }

        json.WriteString("AccessKeyId", session.AccessKeyId);
        json.WriteString("Section", session.Section);
        if (session.SessionRole is not null)
        {
            json.WriteString("SessionRole", session.SessionRole);
            json.WriteString("SessionSource", session.SessionSource);
        }

        json.WriteBoolean("IsActive", session.IsActive);
    }
}

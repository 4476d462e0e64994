using System.Text;
using System.Text.Json;

namespace MfaSts.Cli.Output;

/// <summary>Findings as paragraphs for people, or as JSON for programs.</summary>
internal static class FindingReport
{
    public static void Write(Stream output, IReadOnlyList<MfaProfileFinding> findings, bool asJson)
    {
        if (asJson)
        {
            JsonList.Write(output, findings, WriteMembers);
        }
        else
        {
            output.Write(Encoding.UTF8.GetBytes(string.Join("\n", findings.Select(Paragraph))));
        }

        output.Flush();
    }

    private static string Paragraph(MfaProfileFinding finding)
    {
        string[] lines = [finding.Place, finding.Message, finding.Affects, Remedies.ForProgram(finding.Remedy)];
        return $"{finding.Profile ?? "all profiles"}: {finding.Id}\n"
            + string.Concat(lines.Where(line => line.Length > 0).Select(line => $"  {line}\n"));
    }

    private static void WriteMembers(Utf8JsonWriter json, MfaProfileFinding finding)
    {
        json.WriteString("Id", finding.Id.ToString());
        json.WriteString("Profile", finding.Profile);
        json.WriteString("Path", finding.Path);
        if (finding.Line is { } line)
        {
            json.WriteNumber("Line", line);
        }

        json.WriteString("Message", finding.Message);
        json.WriteString("Affects", finding.Affects);
        json.WriteString("Remedy", Remedies.ForProgram(finding.Remedy));
        json.WriteString("Repair", finding.Repair);
    }
}

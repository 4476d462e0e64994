using System.Text.Json;
using MfaSts.Errors;

namespace MfaSts.Findings.Rules;

/// <summary>
/// On Windows the AWS SDK for .NET looks into an encrypted store of its own before the shared files (<c>CredentialProfileStoreChain</c>,
/// <c>NetSDKCredentialsFile</c>). Only the names in it are read.
/// </summary>
internal sealed class EncryptedStoreGoesFirst : IFindingRule
{
    public IEnumerable<MfaProfileFinding> Find(Examination examination)
    {
        // A variable of Windows: elsewhere there is no such store.
        if (examination.Variables["LOCALAPPDATA"] is not { } folder)
        {
            yield break;
        }

        string path = Path.Combine(folder, "AWSToolkit", "RegisteredAccounts.json");
        var sharedNames = examination.Names.ToHashSet();
        foreach (string name in NamesIn(path).Where(sharedNames.Contains))
        {
            yield return new MfaProfileFinding(
                MfaFindingId.EncryptedStoreGoesFirst,
                name,
                new FindingPlace(path, Line: null),
                new FindingWords(
                    $"The encrypted store of the AWS SDK for .NET has a profile '{name}' as well.",
                    "AWS.Tools, the AWS Toolkit and other programs on that SDK take it before the shared files.",
                    $"Remove it, in AWS.Tools, with: Remove-AWSCredentialProfile -ProfileName {PowerShellText.Quote(name)}"));
        }
    }

    private static List<string> NamesIn(string path)
    {
        try
        {
            using var accounts = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. accounts.RootElement.EnumerateObject().Select(NameOf).OfType<string>()];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static string? NameOf(JsonProperty account) =>
        account.Value.ValueKind == JsonValueKind.Object && account.Value.TryGetProperty("DisplayName", out var name)
            ? name.GetString()
            : null;
}

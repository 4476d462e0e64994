using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace MfaSts.Prove.Fuzz;

/// <summary>
/// Profiles with SSO, <c>aws login</c>, web identity, role and process settings mixed in, with and without our session: which credentials
/// botocore and the AWS SDK for .NET choose. A session of ours is what they take by the name of its section; one in a section of its own
/// changes nothing for the profile.
/// </summary>
internal static class CredentialChoice
{
    private const string Botocore = "botocore";
    private const string DotNet = "the SDK for .NET";

    public static async Task RunAsync(Proof proof)
    {
        if (!await Child.CanAsync("python3", "-c", "import botocore.session"))
        {
            proof.Skip("profiles whose credentials botocore chooses", "python3 with botocore is not on this machine");
            return;
        }

        var random = new Random(proof.Seed);
        using var scratch = new ScratchHome();
        List<MixedProfile> homes =
            [.. Enumerable.Range(0, proof.IsLong ? 2000 : 80).Select(i => MixedProfile.TryMake(scratch.At($"mixed{i}"), random))
                .OfType<MixedProfile>()];
        var without = await AskAsync(homes.Select(home => (home.Without, MixedProfile.Name)));
        var with = await AskAsync(homes.Select(home => (home.With, MixedProfile.Name)));
        var ours = await AskAsync(homes.Select(home => (home.With, home.Section)));
        for (int i = 0; i < homes.Count; i++)
        {
            Compare(proof, homes[i], Botocore, new Choices(without[i], with[i], ours[i]));
            Compare(proof, homes[i], DotNet, new Choices(
                Ask(homes[i].Without, MixedProfile.Name), Ask(homes[i].With, MixedProfile.Name), Ask(homes[i].With, homes[i].Section)));
        }
    }

    private static void Compare(Proof proof, MixedProfile home, string who, Choices choices)
    {
        proof.Count($"profiles whose credentials {who} chooses, with and without our session");
        proof.Count("... with the session in a section of its own", home.IsApart ? 1 : 0);
        string replay = $"{who}: {choices}, [{home.Section}]\n{home.Show()}";
        proof.Require(
            !home.IsApart || choices.With == choices.Without,
            "a session of ours in a section of its own changes nothing for the profile",
            replay);
        if (choices.Ours.EndsWith(MixedProfile.SessionId, StringComparison.Ordinal))
        {
            return;
        }

        // The one difference that is known: the SDK for .NET takes no keys beside these settings. It is warned of, with the way out, but
        // where long-term keys in config stand beside them: a code that the tool itself asks for may be what is wanted then.
        string? hiding = who == DotNet && choices.Ours == "none" ? home.HidingFromDotNet : null;
        proof.Require(hiding is not null, "a session of ours is taken by the name of its section", replay);
        proof.Require(
            hiding is null || home.HasKeysInConfig || home.Warnings.Any(warning => warning.Contains(hiding, StringComparison.Ordinal)),
            "a setting that hides a session from the SDK for .NET is warned of",
            replay);
        proof.Count("... with a setting that hides it from the SDK for .NET, warned of", hiding is null ? 0 : 1);
    }

    private static string Ask(string folder, string profile)
    {
        try
        {
            // The chain takes config beside the credentials file that it is given.
            return new CredentialProfileStoreChain(Path.Combine(folder, "credentials")).TryGetAWSCredentials(profile, out var credentials)
                ? credentials is SessionAWSCredentials or BasicAWSCredentials
                    ? $"{credentials.GetType().Name} {credentials.GetCredentials().AccessKey}"
                    : credentials.GetType().Name
                : "none";
        }
#pragma warning disable CA1031 // The SDK throws what it likes.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.GetType().Name;
        }
    }

    private static async Task<List<string>> AskAsync(IEnumerable<(string Folder, string Profile)> homes)
    {
        using var process = Child.Start(
            ["python3", Path.Combine(AppContext.BaseDirectory, "Fuzz", "credential_choice.py")],
            new Dictionary<string, string> { ["PYTHONUTF8"] = "1" });
        var end = Child.EndAsync(process);
        await JsonSerializer.SerializeAsync(
            process.StandardInput.BaseStream, homes.Select(home => new[] { home.Folder, home.Profile }));
        process.StandardInput.Close();
        return JsonSerializer.Deserialize<List<string>>((await end).Output)!;
    }

    private sealed record Choices(string Without, string With, string Ours);
}

using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Sessions;

namespace MfaSts.Profiles;

/// <summary>The profile that somebody meant who named one that is not there. Looked for only when there is an error to tell.</summary>
internal static class NearestProfile
{
    /// <summary>The profile with long-term keys or a session whose name is the nearest.</summary>
    /// <returns>Null when none is near, when the name is one of a profile that is there after all, or when the files do not tell.</returns>
    public static string? Of(string name, AwsFiles files)
    {
        try
        {
            var documents = AwsDocuments.Read(files);
            bool isThere = documents.Credentials.Find(name) is not null || new ConfigFile(files.Config.Read()).FindProfile(name) is not null;
            return isThere ? null : NearestName.Among(Known(documents), name);
        }
        catch (MfaException)
        {
            // The error that is being told is the one that matters.
            return null;
        }
    }

    private static IEnumerable<string> Known(AwsDocuments documents)
    {
        var sections = new SessionSections(documents);
        return LongTermLayout.Profiles(documents).Concat(sections.All.Select(sections.ProfileOf)).Distinct().Where(known => ProfileName.WhyNot(known) is null);
    }
}

using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Roles;
using MfaSts.Sessions;

namespace MfaSts.Profiles;

/// <summary>The profile that somebody meant who named one that is not there. Looked for only when there is an error to tell.</summary>
internal static class NearestProfile
{
    /// <summary>The profile with long-term keys, a session or a role whose name is the nearest.</summary>
    /// <returns>
    /// Null when none is near, when the name is one of a profile that is there after all, or when the files do not tell. Of a profile for a
    /// role, which has no keys of its own, its source profile. </returns>
    public static string? Of(string name, AwsFiles files)
    {
        try
        {
            var documents = AwsDocuments.Read(files);
            var config = new ConfigFile(files.Config.Read()).FindProfile(name);
            return documents.Credentials.Find(name) is null && config is null
                ? NearestName.Among(Known(documents).Concat(RoleProfile.List(files).Select(role => role.Name)).Distinct(), name)
                : Known(documents).FirstOrDefault(known => known == config?["source_profile"]);
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
        return LongTermLayout.Profiles(documents).Concat(sections.All.Select(sections.ProfileOf)).Distinct()
            .Where(known => ProfileName.WhyNot(known) is null);
    }
}

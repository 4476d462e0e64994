using MfaSts.Profiles;

namespace MfaSts.Files;

/// <summary>
/// The folder that <c>.aws</c> lies in. On Windows the tools disagree when HOME is set, as Git and Cygwin set it: the reference guide
/// ("Location of the shared config and credentials files"), the SDKs for .NET, Java and JavaScript take HOME first, the AWS CLI and Go's
/// tools USERPROFILE. So there the one that has the file is taken.
/// </summary>
/// <param name="Path">The folder.</param>
/// <param name="Other">The other one, when both have the file; or null.</param>
internal sealed record HomeFolder(string Path, string? Other)
{
    /// <summary>Finds it.</summary>
    /// <param name="variables">The environment.</param>
    /// <param name="hasTwoHomes">Whether USERPROFILE counts beside HOME.</param>
    /// <param name="name">The file in <c>.aws</c> that is looked for.</param>
    /// <param name="exists">Whether there is a file.</param>
    public static HomeFolder Find(EnvironmentVariables variables, bool hasTwoHomes, string name, Func<string, bool> exists)
    {
        string? home = variables["HOME"];
        string? profile = variables["USERPROFILE"];
        if (hasTwoHomes && home is not null && IsOfMsys(home))
        {
            home = null;
        }

        if (!hasTwoHomes || home is null || profile is null || home == profile)
        {
            return new HomeFolder(home ?? profile ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), Other: null);
        }

        bool isInProfile = exists(System.IO.Path.Combine(profile, ".aws", name));
        bool isInHome = exists(System.IO.Path.Combine(home, ".aws", name));
        return isInProfile && !isInHome ? new HomeFolder(profile, Other: null) : new HomeFolder(home, isInProfile ? profile : null);
    }

    // /c/Users/bob is no path of Windows.
    private static bool IsOfMsys(string path) => path.StartsWith('/');
}

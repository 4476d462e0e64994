using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Roles;

/// <summary>A profile of config that has a role, for lists and completion.</summary>
/// <param name="name">The profile.</param>
/// <param name="roleArn">The role.</param>
/// <param name="source">Its source_profile, or null.</param>
public sealed class RoleProfile(string name, string roleArn, string? source)
{
    /// <summary>The profile.</summary>
    public string Name { get; } = name;

    /// <summary>The role.</summary>
    public string RoleArn { get; } = roleArn;

    /// <summary>Its source_profile, or null.</summary>
    public string? Source { get; } = source;

    /// <summary>All of config that have a source, in the order of the file.</summary>
    public static IReadOnlyList<RoleProfile> List(AwsFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var config = new ConfigFile(files.Config.Read());
        var profiles = new List<RoleProfile>();
        foreach (string name in config.ProfileNames())
        {
            if (config.FindProfile(name) is { } section
                && section["role_arn"] is { Length: > 0 } arn
                && section["source_profile"] is { Length: > 0 } source)
            {
                profiles.Add(new RoleProfile(name, arn, source));
            }
        }

        return profiles;
    }

    /// <summary>Names the profile and the role.</summary>
    public override string ToString() => $"{Name}: {RoleArn}";
}

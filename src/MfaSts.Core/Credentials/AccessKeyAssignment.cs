using MfaSts.Errors;
using MfaSts.Profiles;

namespace MfaSts.Credentials;

/// <summary>Finds the profile of each row of access keys.</summary>
public static class AccessKeyAssignment
{
    /// <summary>
    /// The profile that a row names; else, of a single row, the one that the caller names or the default; else, of several rows, the name
    /// of the user.
    /// </summary>
    /// <param name="rows">The rows that could be read.</param>
    /// <param name="count">How many rows there were: a row that is left over of several is not a single one.</param>
    /// <param name="profile">The profile that the caller names, or null.</param>
    /// <param name="defaultProfile">The profile when nobody names one.</param>
    /// <exception cref="MfaException">CsvUnreadable: a row has no profile, or two rows have the same. ProfileNameInvalid.</exception>
    public static IReadOnlyList<(string Profile, AccessKeyRow Row)> Of(
        IReadOnlyList<AccessKeyRow> rows, int count, string? profile, Func<string> defaultProfile)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(defaultProfile);
        var assigned = new Dictionary<string, AccessKeyRow>();
        var result = new List<(string, AccessKeyRow)>();
        foreach (var row in rows)
        {
            string name = ProfileName.Require(row.Profile ?? (count == 1 ? profile ?? defaultProfile() : OfUser(row, count, profile)));
            if (!assigned.TryAdd(name, row))
            {
                throw MfaErrors.CsvUnreadable(
                    name, row.Source, $"{assigned[name].Source.TrimEnd(',')} is for the same profile, and it is not known which is right");
            }

            result.Add((name, row));
        }

        return result;
    }

    /// <summary>The MFA device that the caller names for a row's profile, or null when none is named.</summary>
    /// <exception cref="MfaException">SerialNumberInvalid: there are several rows, and a device belongs to one user.</exception>
    public static string? DeviceOf(string profile, string? serialNumber, int count) => serialNumber is null || count == 1
        ? serialNumber
        : throw MfaErrors.SerialNumberInvalid(profile, serialNumber, $"a device belongs to one user, and {count} rows were given");

    private static string OfUser(AccessKeyRow row, int count, string? profile)
    {
        if (profile is not null)
        {
            throw MfaErrors.CsvUnreadable(profile, row.Source, $"it is one of {count} rows, and only a single one can go to that profile");
        }

        return row.UserName ?? throw MfaErrors.CsvUnreadable(
            null, row.Source, $"of several rows each needs a '{AccessKeyRow.ProfileColumn}' or a '{AccessKeyRow.UserNameColumn}'");
    }
}

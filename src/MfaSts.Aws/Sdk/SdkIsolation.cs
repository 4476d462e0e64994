using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken;

namespace MfaSts.Aws;

/// <summary>
/// Keeps the SDK off the user's files. Its static initialisers read config and credentials even when keys, region and endpoint are given,
/// and a line there that only .NET cannot parse would fail every call for the life of the process; ten thousand profiles would cost a fifth
/// of a second.
/// </summary>
internal static class SdkIsolation
{
    // The first three lead to files; the location set below outranks the second and third today, but no promise says so.
    // The others are parsed by the same initialisers and, malformed, end them with an exception, or send call reports away.
    private static readonly string[] Variables =
    [
        "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_PROFILE",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_EC2_METADATA_SERVICE_ENDPOINT", "AWS_CSM_ENABLED",
    ];

    private static readonly object Gate = new();

    private static bool _done;

    public static void Ensure()
    {
        lock (Gate)
        {
            if (!_done)
            {
                Initialise();
                _done = true;
            }
        }
    }

    private static void Initialise()
    {
        // The folder must not exist either: the SDK looks for a file "config" beside the one that is named here.
        AWSConfigs.AWSProfilesLocation = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "credentials");
        AWSConfigs.DisableLegacyPersistenceStore = true;

        // Correcting the clock means sending again, and a code is sent once.
        AWSConfigs.CorrectForClockSkew = false;

        using var hidden = new HiddenVariables(Variables);
        var settings =
            new AmazonSecurityTokenServiceConfig { RegionEndpoint = RegionEndpoint.USEast1, IgnoreConfiguredEndpointUrls = true };
        using var client = new AmazonSecurityTokenServiceClient(new BasicAWSCredentials("none", "none"), settings);
    }
}

using MfaSts.Profiles;

namespace MfaSts.SignIn;

/// <summary>
/// Where a partition's console is, and where one signs in to it. AWS's page on federation names those of aws, aws-cn and aws-us-gov;
/// those of aws-eusc are in the endpoint rules of AWS's SDKs for the service Signin.
/// </summary>
internal sealed class ConsoleHosts
{
    private static readonly ConsoleHosts[] All =
    [
        new("aws", "signin.aws.amazon.com", "console.aws.amazon.com"),
        new("aws-cn", "signin.amazonaws.cn", "console.amazonaws.cn"),
        new("aws-us-gov", "signin.amazonaws-us-gov.com", "console.amazonaws-us-gov.com"),
        new("aws-eusc", "eusc-de-east-1.signin.amazonaws-eusc.eu", "console.amazonaws-eusc.eu"),
    ];

    private readonly string _partition;

    private ConsoleHosts(string partition, string signIn, string console)
    {
        _partition = partition;
        SignIn = new Uri($"https://{signIn}/");
        Console = console;
    }

    /// <summary>The address of the sign-in.</summary>
    public Uri SignIn { get; }

    /// <summary>The domain of the console; a region may stand before it.</summary>
    public string Console { get; }

    /// <summary>Those of a partition; null when they are not known.</summary>
    public static ConsoleHosts? Of(Partition partition) => Array.Find(All, hosts => hosts._partition == partition.Name);

    /// <inheritdoc/>
    public override string ToString() => _partition;
}

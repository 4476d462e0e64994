using MfaSts.Credentials;
using MfaSts.Files;
using MfaSts.Profiles;

namespace MfaSts.Stores;

/// <summary>What is said of a move of long-term keys before it is made. Never the secret.</summary>
/// <param name="credential">The keys.</param>
/// <param name="store">Where the secret goes.</param>
/// <param name="files">The AWS files.</param>
public sealed class MoveWords(LongTermCredential credential, string store, AwsFiles files)
{
    /// <summary>Where the keys are.</summary>
    public string From =>
        $"[{credential.Section}] in '{credential.Path}'" + And(credential.Store);

    /// <summary>Where they go.</summary>
    public string To =>
        $"[{credential.Profile}{ProfileName.LongTermSuffix}] in '{files.Credentials.Path}'" + And(store);

    private static string And(string store) => store == KeyStoreName.File ? string.Empty : $" and the store {store}";
}

using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Iam;
using MfaSts.Profiles;
using MfaSts.Stores;

namespace MfaSts.Rotation;

/// <summary>
/// One access key in all the places of the user's files in which it stands: when AWS forgets it, none of them may be left with it.
/// </summary>
/// <param name="files">The AWS files.</param>
internal sealed class StoredAccessKey(AwsFiles files)
{
    private readonly LongTermCredentialStore _store = new(files);

    /// <summary>Each place as <c>[section] in 'path'</c>.</summary>
    public IReadOnlyList<string> Places(LongTermCredential credential)
    {
        var documents = AwsDocuments.Read(files);
        return [.. Files().SelectMany(
            file => SectionsWith(documents.Of(file), credential.AccessKeyId).Select(section => $"[{section.Name}] in '{file.Path}'"))];
    }

    /// <summary>
    /// The stores that need the new secret, the file left out: the one that was chosen, and those of other profiles that share the key.
    /// </summary>
    public IReadOnlyList<string> Stores(LongTermCredential credential, string store)
    {
        var documents = AwsDocuments.Read(files);
        return [.. Files().SelectMany(file => SectionsWith(documents.Of(file), credential.AccessKeyId))
            .Select(section => StoreOf(section, credential.Section, store)).Where(name => name != KeyStoreName.File).Distinct()];
    }

    /// <summary>Fails when replacing the key would.</summary>
    /// <exception cref="MfaException">One of the Store errors.</exception>
    public void RequireReplaceable(LongTermCredential credential, string store)
    {
        var example =
            new NewAccessKey
            {
                UserName = string.Empty,
                AccessKeyId = "AKIAEXAMPLE",
                SecretAccessKey = "example",
                CreateDate = DateTimeOffset.UnixEpoch,
            };
        foreach (var file in FilesWith(credential.AccessKeyId))
        {
            file.RequireWritable();
            file.Rehearse(document => Replace(document, credential, store, example));
        }
    }

    /// <summary>Puts a new key in the old one's place, everywhere.</summary>
    /// <param name="old">The old key.</param>
    /// <param name="store">The store of the new secret, which is there already unless it is the file.</param>
    /// <param name="created">The new key.</param>
    /// <param name="onStored">Called whenever it is known whether the new key is in one of the files: while it is, it must not be taken
    /// back.</param>
    /// <exception cref="MfaException">One of the Store errors; StoreBusy: another program has put the old key back.</exception>
    public void Replace(LongTermCredential old, string store, NewAccessKey created, Action<bool> onStored)
    {
        string oldId = old.AccessKeyId;
        foreach (var file in FilesWith(oldId))
        {
            if (file == files.Credentials)
            {
                _store.UpdateLastingly(document => Replace(document, old, store, created), CancellationToken.None, () => onStored(true));
            }
            else if (file.Update(document => Replace(document, old, store, created), CancellationToken.None))
            {
                onStored(true);
            }
        }

        // What is stored counts, not what was written: another program may have changed the files before or since.
        onStored(FilesWith(created.AccessKeyId).Length > 0);
        if (FilesWith(oldId).FirstOrDefault() is { } unchanged)
        {
            throw MfaErrors.StoreRestless(unchanged.Path);
        }
    }

    private static IniDocument Replace(IniDocument document, LongTermCredential old, string store, NewAccessKey created)
    {
        (string Name, string Store)[] sections =
            [.. SectionsWith(document, old.AccessKeyId).Select(section => (section.Name, StoreOf(section, old.Section, store)))];
        return sections.Aggregate(document, (edited, section) => edited.Set(
            section.Name,
            [new(CredentialKeys.AccessKeyId, created.AccessKeyId), .. LongTermCredentialStore.SecretOrStore(
                created.SecretAccessKey, section.Store)]));
    }

    // What was chosen is meant for the profile; another one that shares the key keeps its secret where it does.
    private static string StoreOf(IniSection section, string own, string store) =>
        section.Name == own ? store : CredentialKeys.IsKeptElsewhere(section) ? section[CredentialKeys.Store]! : KeyStoreName.File;

    private static IEnumerable<IniSection> SectionsWith(IniDocument document, string accessKeyId) =>
        document.Sections.Where(section => section.Name != IniDocument.DefaultsName && section[CredentialKeys.AccessKeyId] == accessKeyId);

    // MfaSts reads no keys from config, but the AWS CLI and the SDKs do.
    private IEnumerable<SharedFile> Files() => [files.Credentials, files.Config, files.NoMfa, files.Stscreds];

    private SharedFile[] FilesWith(string accessKeyId)
    {
        var documents = AwsDocuments.Read(files);
        return [.. Files().Where(file => SectionsWith(documents.Of(file), accessKeyId).Any())];
    }
}

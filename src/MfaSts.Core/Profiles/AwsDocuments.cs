using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Files;

namespace MfaSts.Profiles;

/// <summary>
/// The credentials file as it was read; and beside it the files in which older tools keep long-term keys, each read when it is first asked
/// for.
/// </summary>
/// <param name="files">The AWS files.</param>
/// <param name="credentials">The credentials file.</param>
internal sealed class AwsDocuments(AwsFiles files, IniDocument credentials)
{
    private readonly Dictionary<SharedFile, IniDocument> _older = [];
    private AwsMfaSuffix? _suffixes;
    private ConfigFile? _config;

    /// <summary>Where the files are.</summary>
    public AwsFiles Files => files;

    /// <summary>The credentials file.</summary>
    public IniDocument Credentials => credentials;

    /// <summary>What aws-mfa keeps in the credentials file under suffixes of the user's own.</summary>
    public AwsMfaSuffix Suffixes => _suffixes ??= new AwsMfaSuffix(credentials);

    /// <summary>The config file: as whoever reads it strictly has read it already, else as it can be read.</summary>
    public ConfigFile Config
    {
        get => _config ??= new ConfigFile(Of(files.Config));
        init => _config = value;
    }

    /// <summary>
    /// Why an older tool's file could not be read, or null. It counts as empty, so that it disturbs nobody who keeps keys elsewhere.
    /// </summary>
    public MfaException? Failure { get; private set; }

    /// <summary>Reads the credentials file.</summary>
    /// <param name="files">The AWS files.</param>
    /// <param name="config">The config file when it has been read already.</param>
    public static AwsDocuments Read(AwsFiles files, ConfigFile? config = null) =>
        config is null ? new(files, files.Credentials.Read()) : new(files, files.Credentials.Read()) { Config = config };

    /// <summary>One of the files.</summary>
    public IniDocument Of(SharedFile file)
    {
        if (file == files.Credentials)
        {
            return credentials;
        }

        if (!_older.TryGetValue(file, out var document))
        {
            _older[file] = document = ReadOlder(file);
        }

        return document;
    }

    private IniDocument ReadOlder(SharedFile file)
    {
        try
        {
            return file.Read();
        }
        catch (MfaException e)
        {
            Failure ??= e;
            return IniDocument.Parse([]);
        }
    }
}

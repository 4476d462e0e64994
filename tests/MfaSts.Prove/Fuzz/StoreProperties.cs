using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Prove.Fuzz;

/// <summary>The stores over files with any content: an answer, or an error of the catalogue.</summary>
internal sealed class StoreProperties : IDisposable
{
    private readonly ScratchHome _home = new();

    /// <summary>Lets every reader loose on an input, as credentials, as config and as a CSV file.</summary>
    /// <returns>The exception that is not of the catalogue, or null.</returns>
    public string? Try(byte[] input)
    {
        ScratchHome.Write(_home.CredentialsPath, input);
        ScratchHome.Write(_home.At(".aws", "config"), input);
        return Catch(() => new LongTermCredentialStore(_home.Files).List())
            ?? Catch(() => new LongTermCredentialStore(_home.Files).Find("p"))
            ?? Catch(() => new SessionStore(_home.Files, TimeProvider.System).List(null))
            ?? Catch(() => MfaProfile.Read("p", _home.Files).Duration())
            ?? Catch(() => new LongTermCredentialImporter(_home.Files, KeyStores.FileOnly).Find("p", KeyStoreName.File))
            ?? Catch(() => AccessKeyCsv.Read(_home.CredentialsPath));
    }

    public void Dispose() => _home.Dispose();

    private static string? Catch(Func<object?> read)
    {
        try
        {
            read();
            return null;
        }
        catch (MfaException)
        {
            return null;
        }
#pragma warning disable CA1031 // Any other exception is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e.ToString();
        }
    }
}

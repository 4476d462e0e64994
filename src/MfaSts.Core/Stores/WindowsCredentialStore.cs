using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace MfaSts.Stores;

/// <summary>
/// Windows Credential Manager (wincred.h): a generic credential <c>mfasts:ACCESS_KEY_ID</c> for each access key, kept on this machine.
/// Windows encrypts it for the
/// user; every process of the user can read it.
/// </summary>
internal sealed partial class WindowsCredentialStore : IKeyStore
{
    private const uint Generic = 1;
    private const uint LocalMachine = 2;
    private const int NotFound = 1168;
    private const int NoLogonSession = 1312;

    /// <inheritdoc/>
    public unsafe Task PutAsync(string accessKeyId, string secretAccessKey, CancellationToken cancellationToken)
    {
        byte[] secret = Encoding.UTF8.GetBytes(secretAccessKey);
        fixed (char* target = Target(accessKeyId), user = accessKeyId, comment = "MfaSts")
        fixed (byte* blob = secret)
        {
            var credential = new Credential
            {
                Type = Generic,
                TargetName = target,
                Comment = comment,
                BlobSize = (uint)secret.Length,
                Blob = blob,
                Persist = LocalMachine,
                UserName = user,
            };
            return Write(&credential, 0) ? Task.CompletedTask : throw Failure(Marshal.GetLastPInvokeError());
        }
    }

    /// <inheritdoc/>
    public unsafe Task<string?> FindAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        if (!Read(Target(accessKeyId), Generic, 0, out var found))
        {
            int error = Marshal.GetLastPInvokeError();
            return error == NotFound ? Task.FromResult<string?>(null) : throw Failure(error);
        }

        try
        {
            return Task.FromResult<string?>(Encoding.UTF8.GetString(found->Blob, (int)found->BlobSize));
        }
        finally
        {
            Free(found);
        }
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string accessKeyId, CancellationToken cancellationToken)
    {
        if (Delete(Target(accessKeyId), Generic, 0))
        {
            return Task.FromResult(true);
        }

        int error = Marshal.GetLastPInvokeError();
        return error == NotFound ? Task.FromResult(false) : throw Failure(error);
    }

    private static string Target(string accessKeyId) => "mfasts:" + accessKeyId;

    // A network logon (ssh, WinRM) has no credentials of its own: "by design", as Microsoft's documentation of CredRead says.
    private static KeyStoreException Failure(int error) => error == NoLogonSession
        ? new KeyStoreException(
            isLocked: false,
            "Credential Manager is not there for a network logon, such as one by ssh or WinRM",
            "Log in at the machine or by Remote Desktop; or keep the key in another store.",
            new Win32Exception(error))
        : new KeyStoreException(
            isLocked: false,
            $"Credential Manager refused (error {error})",
            "Look into Credential Manager in the Control Panel, then try again; or keep the key in another store.",
            new Win32Exception(error));

    [StructLayout(LayoutKind.Sequential)]
    private unsafe struct Credential
    {
        public uint Flags;
        public uint Type;
        public char* TargetName;
        public char* Comment;
        public uint LastWrittenLow;
        public uint LastWrittenHigh;
        public uint BlobSize;
        public byte* Blob;
        public uint Persist;
        public uint AttributeCount;
        public void* Attributes;
        public char* TargetAlias;
        public char* UserName;
    }

    [LibraryImport("advapi32", EntryPoint = "CredWriteW", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool Write(Credential* credential, uint flags);

    [LibraryImport("advapi32", EntryPoint = "CredReadW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static unsafe partial bool Read(string target, uint type, uint flags, out Credential* credential);

    [LibraryImport("advapi32", EntryPoint = "CredDeleteW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Delete(string target, uint type, uint flags);

    [LibraryImport("advapi32", EntryPoint = "CredFree")]
    private static unsafe partial void Free(Credential* credential);
}

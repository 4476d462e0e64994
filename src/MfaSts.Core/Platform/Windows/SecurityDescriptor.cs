using System.Buffers.Binary;

namespace MfaSts.Platform.Windows;

/// <summary>
/// A self-relative security descriptor (MS-DTYP 2.4.6), as far as it decides about who may read and write. Read here, and not by .NET:
/// that would load four assemblies for it.
/// </summary>
internal sealed class SecurityDescriptor
{
    private const ushort HasList = 0x4;
    private const ushort InheritRequested = 0x100;
    private const ushort WasInherited = 0x400;
    private const ushort Protected = 0x1000;

    private const uint ReadData = 1;
    private const uint WriteData = 2;
    private const uint AppendData = 4;
    private const uint DeleteChild = 0x40;
    private const uint Delete = 0x10000;
    private const uint ChangeRights = 0x40000 | 0x80000;
    private const uint GenericWrite = 0x40000000 | 0x10000000;
    private const uint GenericRead = 0x80000000 | 0x10000000;

    private const uint ToRead = ReadData | GenericRead;
    private const uint ToWrite = WriteData | AppendData | Delete | ChangeRights | GenericWrite;

    // In a folder, WRITE_DATA is the right to add a file.
    private const uint ToSwap = WriteData | DeleteChild | ChangeRights | GenericWrite;

    private readonly byte[] _bytes;

    /// <summary>Reads one.</summary>
    /// <param name="bytes">As GetFileSecurity gives it, with owner and discretionary list.</param>
    public SecurityDescriptor(byte[] bytes)
    {
        _bytes = bytes;
        int owner = Offset(4);
        int list = (Control & HasList) == 0 ? 0 : Offset(16);
        Owner = owner == 0 ? null : Sid.Read(bytes.AsSpan(owner));
        Entries = list == 0 ? null : [.. Read(list)];
    }

    /// <summary>Whose it is.</summary>
    public string? Owner { get; }

    /// <summary>Nothing of the list comes from the folder.</summary>
    public bool IsProtected => (Control & Protected) != 0;

    /// <summary>What is allowed; null when there is no list: then everybody may do everything.</summary>
    public IReadOnlyList<AccessEntry>? Entries { get; }

    private ushort Control => BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(2));

    /// <summary>The owner may be trusted with what this user trusts.</summary>
    public bool IsOwn(string user) => Owner is null || IsOwn(Owner, user);

    /// <summary>Others may read or write the file.</summary>
    public bool IsOpen(string user) => Grants(ToRead | ToWrite, user);

    /// <summary>Others may write the file, or make themselves able to.</summary>
    public bool IsWritableByOthers(string user) => Grants(ToWrite, user);

    /// <summary>Others may put another file in the place of one in this folder.</summary>
    public bool IsSwappableByOthers(string user) => Grants(ToSwap, user);

    /// <summary>The bytes by which another file gets this list as it stands, entries that come from the folder marked as such.</summary>
    public byte[] ToSet()
    {
        byte[] copy = [.. _bytes];
        int control = Control | ((Control & WasInherited) != 0 ? InheritRequested : 0);
        BinaryPrimitives.WriteUInt16LittleEndian(copy.AsSpan(2), (ushort)control);
        return copy;
    }

    // An entry that denies heals nothing: those it does not name are still allowed.
    private bool Grants(uint rights, string user) => Entries is null
        || Entries.Any(entry => !entry.IsForChildrenOnly && (entry.Rights & rights) != 0 && !IsOwn(entry.Identifier, user));

    // What an elevated process makes belongs to the administrators, and an administrator can take ownership of any file anyway.
    private static bool IsOwn(string identifier, string user) => identifier == user
        || identifier is Sid.System or Sid.Administrators or Sid.TrustedInstaller or Sid.OwnerRights or Sid.CreatorOwner;

    private int Offset(int at) => BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at));

    private List<AccessEntry> Read(int list)
    {
        const byte allows = 0;
        const byte allowsOnCondition = 9;
        const byte forChildrenOnly = 8;
        var entries = new List<AccessEntry>();
        int count = BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(list + 4));
        for (int at = list + 8; count > 0; count--, at += BinaryPrimitives.ReadUInt16LittleEndian(_bytes.AsSpan(at + 2)))
        {
            if (_bytes[at] is allows or allowsOnCondition)
            {
                entries.Add(
                    new AccessEntry(
                        Sid.Read(_bytes.AsSpan(at + 8)),
                        BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(at + 4)),
                        (_bytes[at + 1] & forChildrenOnly) != 0));
            }
        }

        return entries;
    }
}

using System.Buffers.Binary;
using MfaSts.Platform.Windows;

namespace MfaSts.Tests.Platform;

public class SecurityDescriptorTests
{
    private const string User = "S-1-5-21-1-2-3-1001";
    private const string Everyone = "S-1-1-0";
    private const string Users = "S-1-5-32-545";
    private const uint All = 0x1F01FF;
    private const uint Read = 0x120089;
    private const uint Write = 0x120116;

    [Theory]
    [InlineData(User, All, 0, false, false)]
    [InlineData("S-1-5-18", All, 0, false, false)]
    [InlineData("S-1-5-32-544", All, 0, false, false)]
    [InlineData("S-1-3-4", All, 0, false, false)]
    [InlineData(Everyone, Read, 0, true, false)]
    [InlineData(Users, Write, 0, true, true)]
    [InlineData("S-1-5-21-1-2-3-1002", Read, 0, true, false)]
    [InlineData("S-1-15-2-1", Read, 0, true, false)]
    [InlineData(Everyone, 0x80000000, 0, true, false)]
    [InlineData(Everyone, 0x10000000, 0, true, true)]
    [InlineData(Everyone, 0x40000, 0, true, true)]
    [InlineData(Everyone, 0x20080, 0, false, false)]
    [InlineData(Everyone, All, 8, false, false)]
    public void IsOpen_Entry_IsAboutOthersAndTheirRights(string who, uint rights, byte flags, bool isOpen, bool isWritable)
    {
        var descriptor = new SecurityDescriptor(Bytes(User, [(0, flags, rights, who)]));

        Assert.Equal(isOpen, descriptor.IsOpen(User));
        Assert.Equal(isWritable, descriptor.IsWritableByOthers(User));
    }

    [Fact]
    public void IsOpen_NoListOrAnEntryThatDenies_StaysOpen()
    {
        Assert.True(new SecurityDescriptor(Bytes(User, null)).IsOpen(User));
        Assert.True(new SecurityDescriptor(Bytes(User, [(1, 0, All, Users), (0, 0, Read, Everyone)])).IsOpen(User));
        Assert.False(new SecurityDescriptor(Bytes(User, [(1, 0, All, Everyone)])).IsOpen(User));
        Assert.False(new SecurityDescriptor(Bytes(User, [])).IsOpen(User));
    }

    [Theory]
    [InlineData(0x40, true)]
    [InlineData(2, true)]
    [InlineData(Read, false)]
    public void IsSwappable_FolderInWhichOthersMay_Is(uint rights, bool isSwappable) => Assert.Equal(
        isSwappable, new SecurityDescriptor(Bytes(User, [(0, 0, rights, Users)])).IsSwappableByOthers(User));

    [Theory]
    [InlineData(User, true)]
    [InlineData("S-1-5-32-544", true)]
    [InlineData("S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464", true)]
    [InlineData("S-1-5-21-1-2-3-1002", false)]
    public void IsOwn_Owner_IsTheUserOrTheSystem(string owner, bool isOwn) =>
        Assert.Equal(isOwn, new SecurityDescriptor(Bytes(owner, [])).IsOwn(User));

    [Fact]
    public void ToSet_InheritedList_AsksToKeepItsMark()
    {
        byte[] bytes = Bytes(User, []);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(2), 0x8404);

        Assert.Equal(0x8504, BinaryPrimitives.ReadUInt16LittleEndian(new SecurityDescriptor(bytes).ToSet().AsSpan(2)));
        Assert.False(new SecurityDescriptor(bytes).IsProtected);
    }

    // A self-relative descriptor: header, owner, list.
    private static byte[] Bytes(string owner, (byte Type, byte Flags, uint Rights, string Who)[]? entries)
    {
        byte[] ownerBytes = Sid(owner);
        byte[] list = [.. (entries ?? []).SelectMany(entry => Entry(entry.Type, entry.Flags, entry.Rights, Sid(entry.Who)))];
        byte[] header = new byte[20];
        header[0] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), (ushort)(entries is null ? 0x8000 : 0x8004));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), header.Length);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), entries is null ? 0 : header.Length + ownerBytes.Length);
        byte[] listHeader = new byte[8];
        listHeader[0] = 2;
        BinaryPrimitives.WriteUInt16LittleEndian(listHeader.AsSpan(2), (ushort)(8 + list.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(listHeader.AsSpan(4), (ushort)(entries?.Length ?? 0));
        return [.. header, .. ownerBytes, .. listHeader, .. list];
    }

    private static byte[] Entry(byte type, byte flags, uint rights, byte[] who)
    {
        byte[] entry = new byte[8];
        entry[0] = type;
        entry[1] = flags;
        BinaryPrimitives.WriteUInt16LittleEndian(entry.AsSpan(2), (ushort)(8 + who.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(4), rights);
        return [.. entry, .. who];
    }

    private static byte[] Sid(string text)
    {
        uint[] numbers = [.. text.Split('-').Skip(2).Select(uint.Parse)];
        byte[] sid = new byte[8 + (4 * (numbers.Length - 1))];
        sid[0] = 1;
        sid[1] = (byte)(numbers.Length - 1);
        BinaryPrimitives.WriteUInt32BigEndian(sid.AsSpan(4), numbers[0]);
        for (int i = 1; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(sid.AsSpan(4 + (4 * i)), numbers[i]);
        }

        return sid;
    }
}

namespace MfaSts.Platform.Unix;

/// <summary>What stat tells of a file on Unix.</summary>
internal sealed record FileStatus(ulong Device, ulong Inode, uint Mode, uint Links, uint User, uint Group)
{
    public UnixFileMode Permissions => (UnixFileMode)(Mode & 0xFFF);

    public bool IsLink => (Mode & 0xF000) == 0xA000;

    /// <summary>True for a regular file.</summary>
    public bool IsFile => (Mode & 0xF000) == 0x8000;

    /// <summary>True for what /dev/null is.</summary>
    public bool IsCharacterDevice => (Mode & 0xF000) == 0x2000;

    /// <summary>What it is.</summary>
    public FileKind Kind => IsFile ? FileKind.File : IsCharacterDevice ? FileKind.CharacterDevice : FileKind.Other;

    public bool IsFolder => (Mode & 0xF000) == 0x4000;

    /// <summary>True when others than the owner may read or write it.</summary>
    public bool IsOpenToOthers => (Mode & 0x3F) != 0;

    /// <summary>True when others than the owner may write it.</summary>
    public bool IsWritableByOthers => (Mode & 0x12) != 0;

    public bool IsSameFile(FileStatus? other) => other is not null && Device == other.Device && Inode == other.Inode;
}

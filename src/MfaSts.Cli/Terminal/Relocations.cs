using System.Runtime.InteropServices;

namespace MfaSts.Cli.Terminal;

/// <summary>
/// The table of addresses that the loader set right when the program started. Nobody reads its 4 MB again, but the system counts them as
/// the program's memory until the end.
/// </summary>
internal static unsafe partial class Relocations
{
    // <elf.h>: getauxval(3) tells where the program's headers are; the first segment to be loaded holds them and the table, and no code.
    private const nuint HeadersAddress = 3;
    private const nuint HeadersCount = 5;
    private const uint LoadedSegment = 1;
    private const uint ReadOnly = 4;
    private const int DontNeed = 4;

    /// <summary>
    /// Gives the memory back. It is mapped from the program's file and never written, so whoever should read it after all finds it
    /// unchanged.
    /// </summary>
    public static void Release()
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
        {
            return;
        }

        nuint address = AuxiliaryValue(HeadersAddress);
        foreach (ref readonly var segment in new ReadOnlySpan<ProgramHeader>((void*)address, (int)AuxiliaryValue(HeadersCount)))
        {
            if (segment.Type == LoadedSegment)
            {
                if (segment.Flags == ReadOnly)
                {
                    _ = Advise(address & ~((nuint)Environment.SystemPageSize - 1), segment.Size, DontNeed);
                }

                return;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "getauxval")]
    private static partial nuint AuxiliaryValue(nuint type);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(nuint address, nuint length, int advice);

    /// <summary>Elf64_Phdr.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 56)]
    private readonly struct ProgramHeader
    {
        [FieldOffset(0)]
        public readonly uint Type;

        [FieldOffset(4)]
        public readonly uint Flags;

        [FieldOffset(40)]
        public readonly nuint Size;
    }
}

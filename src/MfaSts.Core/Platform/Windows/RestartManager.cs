using System.Globalization;
using System.Runtime.InteropServices;

namespace MfaSts.Platform.Windows;

/// <summary>
/// Asks Windows which programs have a file open (restartmanager.h). It takes up to 100 ms, so it is for an error and nothing else.
/// </summary>
internal static unsafe partial class RestartManager
{
    private const int MostHolders = 8;
    private const int KeyLength = 33;

    /// <summary>The programs, such as <c>notepad.exe (process 4711)</c>; null when Windows does not tell.</summary>
    public static string? HoldersOf(string path)
    {
        char* key = stackalloc char[KeyLength];
        if (Start(out uint session, 0, key) != 0)
        {
            return null;
        }

        try
        {
            return List(session, path);
        }
        finally
        {
            _ = End(session);
        }
    }

    private static string? List(uint session, string path)
    {
        fixed (char* name = path)
        {
            char* files = name;
            if (Register(session, 1, &files, 0, null, 0, null) != 0)
            {
                return null;
            }
        }

        var found = stackalloc Holder[MostHolders];
        uint count = MostHolders;
        uint reasons = 0;
        return GetList(session, out _, ref count, found, ref reasons) != 0 || count == 0
            ? null
            : string.Join(", ", Enumerable.Range(0, (int)count).Select(i => Describe(found[i])));
    }

    private static string Describe(Holder holder) => string.Create(
        CultureInfo.InvariantCulture, $"{Errors.PrintableText.Escape(new string(holder.Name))} (process {holder.Process})");

    [LibraryImport("rstrtmgr", EntryPoint = "RmStartSession")]
    private static partial int Start(out uint session, uint flags, char* key);

    [LibraryImport("rstrtmgr", EntryPoint = "RmEndSession")]
    private static partial int End(uint session);

    [LibraryImport("rstrtmgr", EntryPoint = "RmRegisterResources")]
    private static partial int Register(
        uint session, uint fileCount, char** files, uint processCount, void* processes, uint serviceCount, char** services);

    [LibraryImport("rstrtmgr", EntryPoint = "RmGetList")]
    private static partial int GetList(uint session, out uint needed, ref uint count, Holder* holders, ref uint reasons);

    /// <summary>RM_PROCESS_INFO.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Holder
    {
        public uint Process;
        public long Started;
        public fixed char Name[256];
        public fixed char Service[64];
        public int Kind;
        public uint Status;
        public uint Session;
        public int IsRestartable;
    }
}

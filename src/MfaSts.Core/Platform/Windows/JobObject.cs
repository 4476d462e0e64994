using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Platform.Windows;

/// <summary>
/// Holds a process and all that it starts: they end when this is disposed of, or when this process dies (jobapi2.h,
/// JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE).
/// </summary>
internal sealed unsafe partial class JobObject : IDisposable
{
    private const int ExtendedLimits = 9;
    private const uint KillOnClose = 0x2000;

    private readonly SafeFileHandle _job;

    private JobObject(SafeFileHandle job) => _job = job;

    /// <summary>Binds a process that runs.</summary>
    /// <returns>Null when that cannot be; the process runs on.</returns>
    public static JobObject? For(Process process)
    {
        var job = Create(null, null);
        var limits = new Limits { Flags = KillOnClose };
        if (!job.IsInvalid && Set(job, ExtendedLimits, &limits, (uint)sizeof(Limits)) != 0 && !process.HasExited
            && Assign(job, process.SafeHandle) != 0)
        {
            return new JobObject(job);
        }

        job.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _job.Dispose();

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true)]
    private static partial SafeFileHandle Create(void* security, char* name);

    [LibraryImport("kernel32", EntryPoint = "SetInformationJobObject", SetLastError = true)]
    private static partial int Set(SafeFileHandle job, int kind, void* information, uint length);

    [LibraryImport("kernel32", EntryPoint = "AssignProcessToJobObject", SetLastError = true)]
    private static partial int Assign(SafeFileHandle job, SafeProcessHandle process);

    /// <summary>JOBOBJECT_EXTENDED_LIMIT_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public long ProcessTime;
        public long JobTime;
        public uint Flags;
        public nuint SmallestWorkingSet;
        public nuint LargestWorkingSet;
        public uint MostProcesses;
        public nuint Affinity;
        public uint Priority;
        public uint Scheduling;
        public fixed ulong Counters[6];
        public nuint ProcessMemory;
        public nuint JobMemory;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }
}

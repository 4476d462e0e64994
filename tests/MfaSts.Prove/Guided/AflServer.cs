using System.Reflection;
using System.Runtime.InteropServices;
using MfaSts.Files;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Prove.Guided;

/// <summary>The other end of afl-fuzz: its fork server's protocol, without the fork. Each input is a call in this process.</summary>
internal static unsafe partial class AflServer
{
    private const int MapSize = 1 << 16;
    private const int Requests = 198;
    private const int Answers = 199;

    // What wait() gives for a process that ended by SIGABRT.
    private const int Aborted = 6;

    /// <summary>Checks inputs until afl-fuzz ends; without it the one on stdin.</summary>
    /// <param name="check">Gives the broken promise, or null.</param>
    /// <returns>The exit code.</returns>
    public static int Serve(Func<byte[], string?> check)
    {
        bool isServed = int.TryParse(Environment.GetEnvironmentVariable("__AFL_SHM_ID"), out int memory);
        var probe = typeof(IniDocument).Assembly.GetType(Probes.TypeName);
        probe?.GetField(Probes.Map)!.SetValue(
            null, Pointer.Box(isServed ? (void*)Attach(memory, 0, 0) : NativeMemory.AllocZeroed(MapSize), typeof(byte*)));
        if (!isServed)
        {
            string? broken = Try(check);
            Console.WriteLine(broken ?? "all promises hold");
            return broken is null ? 0 : 1;
        }

        if (probe is null)
        {
            Console.Error.WriteLine("'guided prepare' has not been run on this copy");
            return 2;
        }

        var before = probe.GetField(Probes.Before)!;
        using var requests = new FileStream(new SafeFileHandle(Requests, ownsHandle: false), FileAccess.Read, bufferSize: 0);
        using var answers =
            new BinaryWriter(new FileStream(new SafeFileHandle(Answers, ownsHandle: false), FileAccess.Write, bufferSize: 0));
        answers.Write(0);
        byte[] request = new byte[sizeof(int)];
        while (requests.Read(request) == request.Length)
        {
            answers.Write(Environment.ProcessId);
            before.SetValue(null, 0);
            answers.Write(Try(check) is null ? 0 : Aborted);
        }

        return 0;
    }

    private static string? Try(Func<byte[], string?> check)
    {
        using var stdin = Console.OpenStandardInput();
        using var input = new MemoryStream();
        stdin.CopyTo(input);
        try
        {
            return check(input.ToArray());
        }
#pragma warning disable CA1031 // Any exception but a refusal is what is looked for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return "no exception but a refusal: " + e;
        }
    }

    [LibraryImport("libc", EntryPoint = "shmat")]
    private static partial nint Attach(int memory, nint address, int flags);
}

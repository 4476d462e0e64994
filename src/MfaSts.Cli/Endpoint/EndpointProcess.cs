using System.Collections;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using MfaSts.Cli.Terminal;
using Microsoft.Win32.SafeHandles;

namespace MfaSts.Cli.Endpoint;

/// <summary>
/// The process that keeps the endpoint of <c>exec --serve</c>, beside the command that this one becomes. It ends with the command, however
/// that ends; and a shell that waits for it removes the private file, however it ends itself.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal static partial class EndpointProcess
{
    /// <summary>The argument by which the program is it.</summary>
    public const string Verb = "--keep-endpoint";

    private const int StandardError = 2;
    private const int CommandDescriptor = 3;

    // A grandchild: the command shall have no child that it has not started, for which it might wait. The first shell ends at once.
    private const string Script = "f=$1; shift; exec 4<&0; { \"$@\" <&4 4<&-; rm -f -- \"$f\"; } &";

    private static readonly TimeSpan PauseBetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>Starts it.</summary>
    /// <param name="listener">Clients that come before it is ready wait there.</param>
    /// <param name="task">What it is to do.</param>
    /// <param name="privateFile">The file to be removed in the end.</param>
    /// <returns>False when it could not be started.</returns>
    public static bool TryStart(Socket listener, EndpointTask task, string privateFile)
    {
        if (OwnProcess.Words(Verb) is not { } words || OwnProcess.MakePipe() is not { } pipe)
        {
            return false;
        }

        using var read = pipe.Read;
        using var write = pipe.Write;
        using var error = new SafeFileHandle(StandardError, ownsHandle: false);
        using var command = OwnProcess.Watch(task.Command);
        SafeHandle[] files = [read, listener.SafeHandle, error, .. command is null ? (SafeHandle[])[] : [command]];
        byte[] told = (command is null ? task : task with { Command = EndpointTask.Watched }).ToBytes();
        if (OwnProcess.Start(["/bin/sh", "-c", Script, "mfasts", privateFile, .. words], files, Variables()) is not { } process)
        {
            return false;
        }

        using (var stream = new FileStream(write, FileAccess.Write, bufferSize: 0))
        {
            stream.Write(told);
        }

        OwnProcess.WaitFor(process);
        return true;
    }

    /// <summary>Does its work.</summary>
    public static async Task<int> RunAsync()
    {
        using var input = new FileStream(new SafeFileHandle(0, ownsHandle: true), FileAccess.Read, bufferSize: 0);
        var host = CliHost.OfProcess();
        var task = EndpointTask.Read(input, host.Clock);
        using var listener = new Socket(new SafeSocketHandle(1, ownsHandle: true));
        using var stop = new CancellationTokenSource();
        new Thread(() =>
        {
            WaitForEnd(task.Command);
            stop.Cancel();
        })
        { IsBackground = true }.Start();
        var keeper = new SessionKeeper(host, new Messages(host.Error, task.IsQuiet, isVerbose: false), task.Request, task.Session);
        await new CredentialEndpoint(listener, task.Token, [keeper]).RunAsync(stop.Token).ConfigureAwait(false);
        return ExitCodes.Success;
    }

    // Where no file tells of it, by looking.
    private static void WaitForEnd(int command)
    {
        if (command == EndpointTask.Watched)
        {
            using var watched = new SafeFileHandle(CommandDescriptor, ownsHandle: true);
            while (!FileEvents.Has(watched, Timeout.Infinite))
            {
            }
        }

        while (command != EndpointTask.Watched && Send(command, 0) == 0)
        {
            Thread.Sleep(PauseBetweenLooks);
        }
    }

    private static string[] Variables() =>
        [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(pair => $"{pair.Key}={pair.Value}")];

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Send(int process, int signal);
}

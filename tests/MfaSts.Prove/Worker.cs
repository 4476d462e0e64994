using System.Globalization;
using MfaSts.Errors;
using MfaSts.Files;

namespace MfaSts.Prove;

/// <summary>
/// What this program does as one of several processes. It waits for a line before its work, so that faults and crowds begin there.
/// </summary>
internal static class Worker
{
    public const int Refused = 10;
    private const int Crashed = 11;

    public static int Run(string[] task)
    {
        try
        {
            return Do(task);
        }
        catch (MfaException e)
        {
            Console.WriteLine(e.Error.Id);
            return Refused;
        }
#pragma warning disable CA1031 // Whatever it is, it is not of the catalogue, and that is what the proof looks for.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Console.WriteLine(e);
            return Crashed;
        }
    }

    private static int Do(string[] task)
    {
        switch (task)
        {
            case [("grow" or "shrink") and var how, var path, var warmUp]:
                // Once elsewhere first: all code is then loaded, and the system calls that follow are the update's alone.
                Resize(warmUp, how);
                Wait();
                Resize(path, how);
                Console.WriteLine("done");
                return 0;
            case ["count", var path, var section]:
                CountForEver(path, section);
                return 0;
            case ["add", var path, var section, var count]:
                Wait();
                for (int i = 0; i < int.Parse(count, CultureInfo.InvariantCulture); i++)
                {
                    Update(path, string.Create(CultureInfo.InvariantCulture, $"{section}-{i}"), "0");
                }

                return 0;
            default:
                return 2;
        }
    }

    /// <summary>An update of the proof: two keys that must always agree.</summary>
    public static void Update(string path, string section, string value) => new SharedFile(path).Update(
        document => document.Set(section, [new("aws_access_key_id", "ASIA" + value), new("aws_secret_access_key", "secret/" + value)]),
        CancellationToken.None);

    // A file that gets shorter is torn between the write of its new bytes and the cut of its end.
    private static void Resize(string path, string how)
    {
        if (how == "grow")
        {
            Update(path, "new", "0");
            return;
        }

        new SharedFile(path).Update(
            document => Enumerable.Range(0, Faults.OldFile.Removed).Aggregate(
                document, (shorter, i) => shorter.Remove(Faults.OldFile.NameOf(i))), CancellationToken.None);
    }

    private static void Wait()
    {
        Console.WriteLine("ready");
        Console.ReadLine();
    }

    // What it has said is done must be there whenever it is killed.
    private static void CountForEver(string path, string section)
    {
        for (int i = 1; ; i++)
        {
            string value = i.ToString(CultureInfo.InvariantCulture);
            Update(path, section, value);
            Console.WriteLine(value);
        }
    }
}

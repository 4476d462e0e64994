using System.Globalization;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;
using MfaSts.Sts;

namespace MfaSts.Tests.Fakes;

/// <summary>What a worker process does.</summary>
internal static class Worker
{
    public static int Run(string[] task)
    {
        switch (task)
        {
            case ["add", var path, var name, var count]:
                Add(path, name, int.Parse(count, CultureInfo.InvariantCulture));
                return 0;
            case ["read", var path, var name]:
                Console.WriteLine(ReadUntilStopped(path, name));
                return 0;
            case ["forever", var path]:
                Console.WriteLine("ready");
                for (int i = 0; ; i++)
                {
                    string text = i.ToString(CultureInfo.InvariantCulture);
                    new SharedFile(path).Update(document => document.Set("w", [new("k", text)]), CancellationToken.None);
                }

            case ["record", var path, var code]:
                var guard = new UsedCodeGuard(new SharedFile(path).MakeFolders(), TimeProvider.System);
                Console.WriteLine(guard.TryRecord("device", "secret", code, CancellationToken.None));
                return 0;
            case ["expiration", var text, var manager]:
                Console.WriteLine(ExpirationText.Format(ExpirationText.Parse(text, manager)!.Value));
                return 0;
            case ["redeem", var folder, var code]:
                Redeem(folder, code);
                return 0;
            default:
                return 2;
        }
    }

    private static void Add(string path, string name, int count)
    {
        var file = new SharedFile(path);
        for (int i = 0; i < count; i++)
        {
            string section = $"{name}-{i}";
            file.Update(document => document.Set(section, [new("region", "eu-west-1")]), CancellationToken.None);
        }
    }

    // How often a section that is always there was not found, until standard input is closed.
    private static int ReadUntilStopped(string path, string name)
    {
        var file = new SharedFile(path);
        var stop = Task.Run(Console.In.ReadToEnd);
        int missed = 0;
        Console.WriteLine("ready");
        while (!stop.IsCompleted)
        {
            missed += file.Read().Find(name) is null ? 1 : 0;
        }

        return missed;
    }

    private static void Redeem(string folder, string code)
    {
        var files = new AwsFiles(Path.Combine(folder, "credentials"), Path.Combine(folder, "config"), Path.Combine(folder, "stscreds"));
        var sts = new FakeSts(TimeProvider.System)
        {
            Meanwhile = async _ =>
            {
                await File.AppendAllTextAsync(Path.Combine(folder, "calls"), "call\n", CancellationToken.None);
                await Task.Delay(50, CancellationToken.None);
            },
        };
        var broker =
            new SessionBroker(files, new EnvironmentVariables(_ => null), () => (ISts)sts, TimeProvider.System, KeyStores.FileOnly);
        var plan = broker.Prepare(new SessionRequest { Profile = "p" });
        Console.WriteLine("ready");
        Console.ReadLine();
        Console.WriteLine(broker.RedeemAsync(plan, code, CancellationToken.None).GetAwaiter().GetResult().Session.AccessKeyId);
    }
}

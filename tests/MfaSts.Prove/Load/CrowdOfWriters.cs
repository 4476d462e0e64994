using System.Diagnostics;
using System.Globalization;
using MfaSts.Credentials;

namespace MfaSts.Prove.Load;

/// <summary>64 processes at one file, each with a profile of its own: the core, the program and the module.</summary>
internal static class CrowdOfWriters
{
    private const int Crowd = 64;
    private const int Programs = 32;
    private const string Keys =
        "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n\n";

    public static async Task RunAsync(Proof proof)
    {
        await AmongOurselvesAsync(proof);
        await WithForeignersAsync(proof);
    }

    private static async Task AmongOurselvesAsync(Proof proof)
    {
        using var home = MakeHome();
        int modules = Module.Lack is null ? 8 : 0;
        if (modules == 0)
        {
            proof.Skip("the module among the processes", Module.Lack!);
        }

        var variables = new Dictionary<string, string> { ["HOME"] = home.Root };
        var shells =
            Enumerable.Range(0, modules).Select(i => Module.StartAsync(home, $"Import-MfaLongTermCredential -Profile s{i}")).ToList();
        var workers =
            Enumerable.Range(0, Crowd - Programs - modules).Select(i => Child.StartWorker("add", home.CredentialsPath, $"w{i}", "1"))
                .ToList();
        foreach (var worker in workers)
        {
            await worker.StandardOutput.ReadLineAsync();
        }

        var all = (await Task.WhenAll(shells)).Concat(workers).ToList();
        all.ForEach(process => process.StandardInput.WriteLine());
        all.AddRange(Enumerable.Range(0, Programs).Select(i => Child.Start([.. Child.Mfasts, "import", $"m{i}"], variables)));
        int kept = await FinishAsync(proof, home, all, modules);
        proof.Say(
            "updates of 64 processes, module and program mixed, kept", string.Create(CultureInfo.InvariantCulture, $"{kept} of {Crowd}"));
        proof.Require(
            kept == Crowd, "no update is lost between MfaSts processes", string.Create(CultureInfo.InvariantCulture, $"{kept} of {Crowd}"));
    }

    private static async Task<int> FinishAsync(Proof proof, ScratchHome home, List<Process> all, int modules)
    {
        foreach (var process in all)
        {
            var ended = await Child.EndAsync(process);
            process.Dispose();
            proof.Require(ended.ExitCode == 0, "every one of 64 processes gets through", ended.Output + ended.Errors);
        }

        var document = home.Shared.Read();
        var store = new LongTermCredentialStore(home.Files);
        return Enumerable.Range(0, Crowd).Count(i => document.Find($"w{i}-0") is not null)
            + Enumerable.Range(0, Programs).Count(i => store.Find($"m{i}")?.Section == $"m{i}-long-term")
            + Enumerable.Range(0, modules).Count(i => store.Find($"s{i}")?.Section == $"s{i}-long-term");
    }

    // One foreigner after the other, so that none of them can lose another's update: what is missing then, we have lost.
    private static async Task WithForeignersAsync(Proof proof)
    {
        using var home = MakeHome();
        const int each = 25;
        var workers =
            Enumerable.Range(0, 16)
                .Select(i => Child.StartWorker("add", home.CredentialsPath, $"w{i}", each.ToString(CultureInfo.InvariantCulture))).ToList();
        foreach (var worker in workers)
        {
            await worker.StandardOutput.ReadLineAsync();
        }

        workers.ForEach(worker => worker.StandardInput.WriteLine());
        var foreign = new List<string>();
        var variables = new Dictionary<string, string> { ["HOME"] = home.Root };
        bool hasAws = await HasAwsAsync();
        for (int i = 0; i < 4 || workers.Any(worker => !worker.HasExited); i++)
        {
            string name = $"f{i}";
            if (hasAws && i % 4 == 3)
            {
                var ended =
                    await Child.RunAsync(
                        ["aws", "configure", "set", "aws_access_key_id", "AKIAIOSFODNN7EXAMPLE", "--profile", name], variables);
                if (ended.ExitCode != 0)
                {
                    continue;
                }
            }
            else
            {
                ForeignWriter.Append(home.CredentialsPath, name, TimeSpan.FromMilliseconds(2));
            }

            foreign.Add(name);
        }

        foreach (var worker in workers)
        {
            var ended = await Child.EndAsync(worker);
            worker.Dispose();
            proof.Require(ended.ExitCode is 0 or Worker.Refused, "an error is one of the catalogue", ended.Output);
        }

        var document = home.Shared.Read();
        int ours = document.Sections.Count(section => section.Name.StartsWith('w'));
        int theirs = foreign.Count(name => document.Find(name) is not null);
        int untouched = document.Sections.Count(section => section.Name.EndsWith("-nomfa", StringComparison.Ordinal));
        proof.Say(
            "foreign writers that lock nothing, in a tight loop: our updates kept",
            string.Create(CultureInfo.InvariantCulture, $"{ours} of {workers.Count * each}"));
        proof.Say(
            "... their updates kept",
            string.Create(
                CultureInfo.InvariantCulture, $"{theirs} of {foreign.Count}{(hasAws ? ", the AWS CLI's among them" : string.Empty)}"));
        proof.Require(untouched == Programs + 8, "what nobody wrote stays", string.Create(CultureInfo.InvariantCulture, $"{untouched}"));
    }

    private static async Task<bool> HasAwsAsync()
    {
        try
        {
            return await Child.CanAsync("aws", "--version");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static ScratchHome MakeHome()
    {
        var home = new ScratchHome();
        ScratchHome.Write(home.CredentialsPath, string.Concat(Enumerable.Range(0, Programs).Select(i => $"[m{i}-nomfa]\n{Keys}"))
            + string.Concat(Enumerable.Range(0, 8).Select(i => $"[s{i}-nomfa]\n{Keys}")));
        return home;
    }
}

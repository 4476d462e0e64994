using MfaSts.Files;
using MfaSts.Stores;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Platform;

/// <summary>What processes do to one another's files, and how commands are run.</summary>
[OnWindows]
public sealed class WindowsProcessTests : IDisposable
{
    private const int Updates = 5;

    private readonly ScratchHome _home = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _home.Dispose();

    [WindowsTheory]
    [InlineData(8)]
    [InlineData(32)]
    public void Update_ManyProcessesBesideReaders_LoseNothingAndNobodyFindsNoFile(int count)
    {
        _home.Credentials = "[stays]\nk = v\n";
        var readers = Enumerable.Range(0, 2).Select(_ => Machine.StartWorker("read", _home.CredentialsPath, "stays")).ToList();
        readers.ForEach(reader => Assert.Equal("ready", reader.StandardOutput.ReadLine()));
        var writers = Enumerable.Range(0, count).Select(i => Machine.StartWorker("add", _home.CredentialsPath, $"w{i}", $"{Updates}"));

        Machine.Finish([.. writers]);
        readers.ForEach(reader => reader.StandardInput.Close());

        Assert.All(Machine.Finish(readers), missed => Assert.Equal("0", missed));
        Assert.Equal(1 + (count * Updates), _home.Files.Credentials.Read().Sections.Count);
    }

    [WindowsFact]
    public void Update_KilledAtAnyMoment_LeavesTheOldFileOrTheNewOneAndTheNextUpdateClearsUp()
    {
        _home.Credentials = "[stays]\nk = v\n";
        var random = new Random(1);
        for (int i = 0; i < 20; i++)
        {
            using var writer = Machine.StartWorker("forever", _home.CredentialsPath);
            Assert.Equal("ready", writer.StandardOutput.ReadLine());
            Thread.Sleep(random.Next(0, 60));
            writer.Kill();
            writer.WaitForExit();

            var sections = _home.Files.Credentials.Read().Sections.Select(section => section.Name).ToList();
            Assert.Contains("stays", sections);
            Assert.True(sections.Count <= 2);
            Assert.True(_home.Files.Credentials.Update(document => document.Set("stays", [new("k", $"{i}")]), Stop));
            Assert.Equal(["credentials"], Directory.EnumerateFiles(_home.AwsFolder).Select(Path.GetFileName));
        }
    }

    [WindowsFact]
    public async Task Run_ProgramInAFolderWithABlank_GetsItsArgumentsAsWritten()
    {
        string program = _home.At("Program Files", "my otp.cmd");
        ScratchHome.Write(program, "@echo off\r\nif not \"%~2\"==\"my item\" exit /b 1\r\necho 123456\r\n");

        string output = await ShellCommand.RunAsync($"\"{program}\" --otp \"my item\"", mayUseTerminal: false, Stop);

        Assert.Equal("123456", output.Trim());
    }

    [WindowsFact]
    public async Task Run_CommandThatIsGivenUp_EndsWithAllThatItStarted()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        string mark = _home.At("mark");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ShellCommand.RunAsync(
            $"\"{Machine.WorkerPath}\" worker forever \"{mark}\" & echo 1", mayUseTerminal: false, stop.Token));

        // What still ran would write it again.
        await Task.Delay(500, Stop);
        File.Delete(mark);
        await Task.Delay(1000, Stop);
        Assert.False(File.Exists(mark));
    }

    [WindowsFact]
    public void Holders_FileThatAnotherProcessHasOpen_AreNamedOrUnknown()
    {
        _home.Credentials = "[p]\n";
        using var held = File.OpenRead(_home.CredentialsPath);

        // Wine has the calls and names nobody.
        string? holders = MfaSts.Platform.ThisSystem.Platform.HoldersOf(_home.CredentialsPath);
        Assert.True(holders is null || holders.Contains($"(process {Environment.ProcessId})", StringComparison.Ordinal), holders);
    }
}

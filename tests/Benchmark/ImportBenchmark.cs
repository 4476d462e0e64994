namespace MfaSts.Benchmark;

/// <summary>
/// Import-Module beside the smallest modules that can be: one cmdlet, compiled on the spot, with and without a format file.
/// </summary>
internal static class ImportBenchmark
{
    private const string CompileScript = """
        Add-Type -OutputAssembly "$env:FOLDER/Smallest.dll" -TypeDefinition @'
        using System.Management.Automation;
        [Cmdlet(VerbsCommon.Get, "Smallest")]
        public sealed class GetSmallest : PSCmdlet { protected override void ProcessRecord() { WriteObject(new Smallest()); } }
        public sealed class Smallest { public string Name { get { return "a"; } } }
        '@
        0
        """;

    private const string ImportScript = """
        $watch = [Diagnostics.Stopwatch]::StartNew()
        Import-Module $env:MODULE
        $watch.Elapsed.TotalMilliseconds
        """;

    private const string Format = """
        <Configuration><ViewDefinitions><View><Name>Smallest</Name><ViewSelectedBy><TypeName>Smallest</TypeName></ViewSelectedBy>
        <TableControl><TableHeaders><TableColumnHeader/></TableHeaders><TableRowEntries><TableRowEntry><TableColumnItems>
        <TableColumnItem><PropertyName>Name</PropertyName></TableColumnItem>
        </TableColumnItems></TableRowEntry></TableRowEntries></TableControl></View></ViewDefinitions></Configuration>
        """;

    public static void Run(int runs)
    {
        using var scratch = new Scratch();
        string plain = MakeModule(scratch, "Plain", string.Empty);
        string formatted = MakeModule(scratch, "Formatted", "FormatsToProcess = @('Smallest.format.ps1xml')");
        string[] modules = [plain, formatted, Path.Combine(ModuleFolder.Path, "MfaSts.psd1")];

        // In turn, so that a slow minute of the machine is slow for all.
        Array.ForEach(modules, module => Measure(module));
        double[][] rounds = [.. Enumerable.Range(0, runs).Select(_ => modules.Select(Measure).ToArray())];
        Samples[] times = [.. modules.Select((_, i) => new Samples(rounds.Select(round => round[i])))];

        Report.Begin("Import-Module, in a fresh pwsh", "module", "ms", "of the smallest with a format file");
        string[] names = ["smallest binary module", "smallest with a format file", "MfaSts"];
        for (int i = 0; i < names.Length; i++)
        {
            Report.Row(names[i], times[i].ToString(), Report.Ratio(times[i], times[1]));
        }
    }

    private static double Measure(string module) => FreshPwsh.Run<double>(ImportScript, ("MODULE", module));

    private static string MakeModule(Scratch scratch, string name, string more)
    {
        string folder = Directory.CreateDirectory(Path.Combine(scratch.Folder, name)).FullName;
        FreshPwsh.Run<int>(CompileScript, ("FOLDER", folder));
        File.WriteAllText(Path.Combine(folder, "Smallest.format.ps1xml"), Format);
        string manifest = Path.Combine(folder, name + ".psd1");
        File.WriteAllText(manifest, $$"""
            @{
                RootModule = 'Smallest.dll'
                ModuleVersion = '1.0.0'
                GUID = '{{Guid.NewGuid()}}'
                FunctionsToExport = @()
                CmdletsToExport = @('Get-Smallest')
                VariablesToExport = @()
                AliasesToExport = @()
                {{more}}
            }
            """);
        return manifest;
    }
}

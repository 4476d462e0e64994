using System.Globalization;
using System.Runtime.InteropServices;
using MfaSts.Benchmark;

if (args is ["write", var how, var path, var profile])
{
    return WritersBenchmark.Write(how, path, profile);
}

bool isQuick = args is ["quick"];
Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"{DateTime.UtcNow:yyyy-MM-dd}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, "
        + $"{RuntimeInformation.FrameworkDescription}"));
FileBenchmark.Run(isQuick ? 5 : 60);
ImportBenchmark.Run(isQuick ? 3 : 25);
await CallBenchmark.RunAsync(isQuick ? 3 : 16);
RenewalBenchmark.Run(isQuick ? 3 : 24);
WritersBenchmark.Run();
return 0;

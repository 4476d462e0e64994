using MfaSts.Pwsh;

// The pinned PowerShell with the caller's arguments and terminal: `dotnet run --project tests/MfaSts.Pwsh build.ps1 Package`.
if (PinnedPwsh.Lack is { } lack)
{
    Console.Error.WriteLine(lack);
    return 1;
}

// Ctrl+C is PowerShell's to answer.
Console.CancelKeyPress += (_, e) => e.Cancel = true;
using var process = System.Diagnostics.Process.Start(PinnedPwsh.Describe(args))!;
process.WaitForExit();
return process.ExitCode;

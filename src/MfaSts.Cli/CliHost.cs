using MfaSts.Cli.Terminal;
using MfaSts.Files;
using MfaSts.Findings;
using MfaSts.Profiles;
using MfaSts.Stores;

namespace MfaSts.Cli;

/// <summary>What the program meets outside itself; a test gives its own.</summary>
internal sealed class CliHost
{
    public required EnvironmentVariables Variables { get; init; }

    public required AwsFiles Files { get; init; }

    public required Func<IAwsGateway> Aws { get; init; }

    /// <summary>Standard output: nothing but a command's result.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error: everything meant for a person.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input, opened when it is asked for: .NET's console takes hold of a terminal's settings with it.</summary>
    public required Func<TextReader> Input { get; init; }

    public required ITerminal Terminal { get; init; }

    /// <summary>Where secrets are kept that are not in the file.</summary>
    public KeyStores Stores => new()
    {
        MayAsk = () => Terminal.WhyNotAsk() is null,
        System = SystemStore,
        Vault = (_, _) => throw new KeyStoreException(
            isLocked: false, "a vault of SecretManagement opens only in PowerShell", "Get the session in PowerShell with: "
                + "Get-MfaSessionToken <profile>"),
    };

    /// <summary>Gives the store of the system.</summary>
    public Func<bool, IKeyStore> SystemStore { get; init; } = SystemKeyStore.Choose(mayAsk => new SecretServiceStore(mayAsk));

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What finds faults in the files and the environment.</summary>
    public ProfileDoctor Doctor => new(Files, Variables, Clock);

    /// <summary>The same, where nobody is asked.</summary>
    public CliHost Unattended() => new()
    {
        Variables = Variables,
        Files = Files,
        Aws = Aws,
        Output = Output,
        Error = Error,
        Input = Input,
        Terminal = new NobodyAtTerminal(),
        SystemStore = SystemStore,
        Clock = Clock,
    };

    public static CliHost OfProcess() => new()
    {
        Variables = EnvironmentVariables.OfProcess,
        Files = AwsFiles.Locate(EnvironmentVariables.OfProcess, Environment.CurrentDirectory),
        Aws = () => new Aws.AwsGateway(),

        // A FileStream on descriptor 1 would write at positions and could overwrite what is there.
        Output = Console.OpenStandardOutput(),
        Error = new StandardError(Console.Error),

        // A PowerShell whose $OutputEncoding is UTF-16 says so with a byte order mark.
        Input = () => new StreamReader(Console.OpenStandardInput(), detectEncodingFromByteOrderMarks: true),
        Terminal = ThisProcess.System.Terminal,
    };
}

using MfaSts.Files;
using MfaSts.SignIn;

namespace MfaSts.PowerShell.Parameters;

/// <summary>Completes -Destination: services of the console that are often wanted.</summary>
public sealed class DestinationCompleter : LocalCompleter
{
    private protected override IEnumerable<(string Value, string Tooltip)> Find(AwsFiles files, string? profile) =>
        ConsoleDestination.Services.Select(service => (service, $"The console's page of {service}"));
}

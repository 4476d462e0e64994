using System.Globalization;
using MfaSts.Devices;
using MfaSts.Errors;
using MfaSts.Sessions;

namespace MfaSts.Cli;

/// <summary>Finds the MFA device of a profile for which none is known, and stores it.</summary>
/// <param name="host">The outside.</param>
/// <param name="messages">What is said to the person.</param>
internal sealed class DeviceSource(CliHost host, Messages messages)
{
    private const int MostQuestions = 3;

    private readonly DeviceFinder _finder = new(host.Files, host.Variables, host.Aws, host.Clock, host.Stores);

    /// <summary>Asks AWS for the devices, the person for one of several, and stores it.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="region">The region, or null.</param>
    /// <param name="broker">Knows who else is asking.</param>
    /// <param name="isExplicit">A person called for this. Otherwise, while another process asks, nobody is asked here too.</param>
    /// <param name="cancellationToken">Ends every wait at once; nothing is stored then.</param>
    /// <exception cref="MfaException">SerialNumberMissing, SerialNumberAmbiguous, or what AWS answers.</exception>
    public async Task StoreAsync(string profile, string? region, SessionBroker broker, bool isExplicit, CancellationToken cancellationToken)
    {
        var devices = await _finder.FindUsableAsync(profile, region, cancellationToken).ConfigureAwait(false);
        var device = (devices.Count > 1 ? Choose(devices, broker, isExplicit, cancellationToken) : null)
            ?? DeviceFinder.RequireOne(devices);
        cancellationToken.ThrowIfCancellationRequested();
        _finder.Remember(device, cancellationToken);
        messages.Say($"The MFA device of profile '{device.Profile}' is now known: {device}.");
    }

    private MfaDevice? Choose(IReadOnlyList<MfaDevice> devices, SessionBroker broker, bool isExplicit, CancellationToken cancellationToken)
    {
        if (host.Terminal.WhyNotAsk() is not null)
        {
            return null;
        }

        using var lease = broker.BeginAsking(devices[0].Profile);
        return lease.OtherHolder is null || isExplicit ? Ask(devices, cancellationToken) : null;
    }

    private MfaDevice? Ask(IReadOnlyList<MfaDevice> devices, CancellationToken cancellationToken)
    {
        string list = string.Concat(devices.Select((device, index) => $"  {index + 1}  {PrintableText.Escape(device.ToString())}\n"));
        string question = $"Number of the device (1 to {devices.Count}): ";
        string prompt = $"The user of profile '{devices[0].Profile}' has several MFA devices:\n{list}{question}";
        for (int asked = 0; asked < MostQuestions; asked++, prompt = question)
        {
            if (host.Terminal.Ask(prompt, cancellationToken) is not { } answer)
            {
                return null;
            }

            if (int.TryParse(answer.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                && number >= 1 && number <= devices.Count)
            {
                return devices[number - 1];
            }
        }

        return null;
    }
}

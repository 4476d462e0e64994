using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Roles;
using MfaSts.Sessions;

namespace MfaSts.SignIn;

/// <summary>Signs a browser in to the AWS console with a role's session.</summary>
/// <param name="files">The AWS files.</param>
/// <param name="variables">The environment.</param>
/// <param name="gateway">Gives the gateway to AWS, when a call is to be made.</param>
public sealed class ConsoleSignIn(AwsFiles files, EnvironmentVariables variables, Func<ISignIn> gateway)
{
    /// <summary>
    /// Fails where it is known beforehand that there is no role: AWS refuses the keys of GetSessionToken, in words that tell nobody why.
    /// </summary>
    /// <param name="broker">The sessions.</param>
    /// <param name="request">What is wanted.</param>
    /// <exception cref="MfaException">ProfileUnsuitable.</exception>
    public void RequireRole(SessionBroker broker, SessionRequest request)
    {
        ArgumentNullException.ThrowIfNull(broker);
        ArgumentNullException.ThrowIfNull(request);
        if (broker.FindUsable(request)?.AssumedRoleArn is null && broker.PrepareRole(request) is null)
        {
            throw NoRole(request.Profile);
        }
    }

    /// <summary>The page that is wanted, before a session is got for it.</summary>
    /// <exception cref="MfaException">DestinationInvalid.</exception>
    public static void Check(string profile, string? destination)
    {
        // Of which partition it must be is not known yet: one will do.
        bool isOfSome = Partition.Names.Select(Partition.Named).OfType<Partition>().Select(ConsoleHosts.Of).OfType<ConsoleHosts>()
            .Any(hosts => ConsoleDestination.IsLegal(destination, hosts));
        if (!isOfSome)
        {
            throw MfaErrors.DestinationInvalid(profile, destination!, ConsoleHosts.Of(Partition.Commercial)!.Console);
        }
    }

    /// <summary>
    /// The address that signs a browser in, as a role, for as long as the session lives. It is good for 15 minutes for everybody who has
    /// it.
    /// </summary>
    /// <param name="session">A role's session.</param>
    /// <param name="destination">A service's name, an address of the partition's console, or null for its first page.</param>
    /// <param name="cancellationToken">Ends the call at once.</param>
    /// <exception cref="MfaException">ProfileUnsuitable: it is no role's, or of a partition without a known sign-in; DestinationInvalid;
    /// SignInRefused; an endpoint that is none.</exception>
    public async Task<Uri> GetAddressAsync(MfaSession session, string? destination, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        var partition = Partition.OfArn(session.AssumedRoleArn ?? throw NoRole(session.Profile)) ?? Partition.Commercial;
        var hosts = ConsoleHosts.Of(partition) ?? throw MfaErrors.SignInUnknown(session.Profile, partition.Name);
        var page = ConsoleDestination.Resolve(session.Profile, destination, hosts, RegionOf(session, partition));
        var call = new StsCallBuilder(variables).BuildSignIn(MfaProfile.Read(session.Profile, files), session, partition, hosts.SignIn);

        // Without SessionDuration: with it AWS refuses a session that was got with another one, and without it the console lives as long as
        // the session.
        var answer = await gateway().GetSigninTokenAsync(call, cancellationToken).ConfigureAwait(false);
        return new Uri(
            call.EndpointUrl!,
            $"federation?Action=login&Destination={Uri.EscapeDataString(page.AbsoluteUri)}"
                + $"&SigninToken={Uri.EscapeDataString(answer.Value)}");
    }

    /// <summary>
    /// Opens an address that is a secret: the browser is given another one, of this machine, that leads there once.
    /// </summary>
    /// <param name="profile">The profile, for the error.</param>
    /// <param name="address">From <see cref="GetAddressAsync"/>.</param>
    /// <param name="cancellationToken">Ends the wait for the browser at once.</param>
    /// <exception cref="MfaException">ProgramMissing: no browser has come for it.</exception>
    public static Task OpenAsync(string profile, Uri address, CancellationToken cancellationToken) =>
        new OneTimeAddress(address).OpenAsync(profile, Browser.Start, cancellationToken);

    private MfaException NoRole(string profile) =>
        MfaErrors.ConsoleNeedsRole(profile, [.. RoleProfile.List(files).Where(role => role.Source == profile).Select(role => role.Name)]);

    private static string? RegionOf(MfaSession session, Partition partition) =>
        session.Region is { } region && Partition.IsRegionName(region) && Partition.OfRegion(region) == partition ? region : null;
}

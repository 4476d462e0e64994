using System.CommandLine;
using System.Text;
using MfaSts.Sessions;
using MfaSts.SignIn;

namespace MfaSts.Cli.Commands;

/// <summary>Opens the AWS console in the browser, signed in with a role's session.</summary>
internal sealed class ConsoleCommand : DescribedCommand
{
    public ConsoleCommand(CliHost host, Func<ParseResult, Messages> messages)
        : base("console", "[profile]", "Open the AWS console in the browser, signed in with a role's session.",
            "mfasts console admin",
            "mfasts console admin --destination s3",
            "mfasts console prod --role-arn arn:aws:iam::210987654321:role/audit",
            "mfasts console admin --print")
    {
        var profile = Parts.Profile(host);
        var destination = new Option<string?>("--destination")
        {
            Description = "The page: a service's name, such as s3, or an address of the console.",
        };
        destination.CompletionSources.Add([.. ConsoleDestination.Services]);
        var region = Parts.Region();
        var print = new Option<bool>("--print")
        {
            Description = "Write the address instead, for a browser elsewhere. Whoever has it is signed in, for 15 minutes.",
        };
        Add(profile);
        Add(destination);
        Add(region);
        Add(print);
        var role = new RoleParts(this);
        SetAction(async (parsed, cancellationToken) =>
        {
            var said = messages(parsed);
            var source = new SessionSource(host, said);
            string name = source.ProfileOrDefault(parsed.GetValue(profile));
            var request = new SessionRequest { Profile = name, Region = parsed.GetValue(region), Role = role.Read(parsed, name) };
            var console = new ConsoleSignIn(host.Files, host.Variables, host.Aws);
            ConsoleSignIn.Check(name, parsed.GetValue(destination));
            console.RequireRole(source.Broker, request);
            var session = source.Get(request, tokenCode: null, isExplicit: true, cancellationToken);
            var address = await console.GetAddressAsync(session, parsed.GetValue(destination), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(print))
            {
                host.Output.Write(Encoding.UTF8.GetBytes(address.AbsoluteUri + "\n"));
                host.Output.Flush();
                return ExitCodes.Success;
            }

            await ConsoleSignIn.OpenAsync(name, address, cancellationToken).ConfigureAwait(false);
            said.Say($"The browser is signed in with profile '{name}' for {DurationText.FormatShort(session.Remaining)}.");
            return ExitCodes.Success;
        });
    }
}

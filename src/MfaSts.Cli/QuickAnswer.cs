using MfaSts.Cli.Output;
using MfaSts.Errors;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Sessions;
using MfaSts.Stores;

namespace MfaSts.Cli;

/// <summary>
/// <c>credential-process</c> while the session has long to live: what an SDK calls for every command of a user, so without the parser,
/// signal handlers and standard error, which cost half the time. It gives what the command gives, or leaves everything to it.
/// </summary>
internal static class QuickAnswer
{
    /// <returns>False when nothing was written and the command has to be run.</returns>
    public static bool TryWrite(
        string[] args, EnvironmentVariables variables, string currentFolder, TimeProvider clock, Func<byte[], bool> write)
    {
        if (args is not (["credential-process"] or ["credential-process", [not ('-' or '/'), ..]]))
        {
            return false;
        }

        try
        {
            var files = AwsFiles.Locate(variables, currentFolder);
            string profile = ProfileName.Require(args.Length == 2 ? args[1] : new SessionStore(files, clock).DefaultProfile(variables));
            var broker = new SessionBroker(files, variables, () => throw new NotSupportedException(), clock, KeyStores.FileOnly);
            var request = new SessionRequest { Profile = profile, MinimumRemaining = RenewalWindow.Longest };
            return broker.FindUsable(request) is { } session && write(CredentialProcessJson.Of(session));
        }
        catch (MfaException)
        {
            // The command meets it again, and says so.
            return false;
        }
    }
}

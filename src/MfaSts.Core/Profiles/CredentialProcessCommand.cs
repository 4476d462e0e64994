using MfaSts.Errors;

namespace MfaSts.Profiles;

/// <summary>The line by which AWS tools call <c>mfasts</c> for a profile.</summary>
internal static class CredentialProcessCommand
{
    private const string Verb = " credential-process ";

    /// <summary>The value of <c>credential_process</c>. Two SDKs give it to a shell and one splits it like a shell, so only what all read alike may stand in it.</summary>
    /// <exception cref="MfaException">ProfileUnsuitable: path or profile have another character.</exception>
    public static string For(string program, string profile) => Word(program, profile) + Verb + Word(profile, profile);

    /// <summary>The value is one that <see cref="For"/> made.</summary>
    public static bool IsOurs(string value)
    {
        int verb = value.IndexOf(Verb, StringComparison.Ordinal);
        return verb > 0 && Path.GetFileNameWithoutExtension(value[..verb].Trim('"').Replace('\\', '/')) == "mfasts";
    }

    private static string Word(string word, string profile)
    {
        string more = OperatingSystem.IsWindows() ? "_.-+@/:\\ " : "_.-+@/: ";
        if (word.Length == 0 || word.StartsWith('-') || !word.All(c => char.IsAsciiLetterOrDigit(c) || more.Contains(c, StringComparison.Ordinal)))
        {
            throw MfaErrors.CommandUnsafe(profile, word);
        }

        return word.Contains(' ', StringComparison.Ordinal) ? $"\"{word}\"" : word;
    }
}

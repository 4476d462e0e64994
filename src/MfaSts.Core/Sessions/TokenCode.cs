using MfaSts.Errors;

namespace MfaSts.Sessions;

/// <summary>The form of an MFA code.</summary>
public static class TokenCode
{
    /// <summary>Every code of every device has so many digits.</summary>
    public const int Length = 6;

    /// <summary>Checks a code before anything is sent; blanks around and inside it, as authenticator apps show them, are dropped.</summary>
    /// <exception cref="MfaException">TokenCodeMalformed. The code is not in its words.</exception>
    public static string Require(string profile, string? code)
    {
        string digits = new((code ?? string.Empty).Where(c => c != ' ').ToArray());
        return digits.Length == Length && digits.All(char.IsAsciiDigit) ? digits : throw MfaErrors.TokenCodeMalformed(profile);
    }
}

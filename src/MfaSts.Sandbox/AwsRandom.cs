using System.Security.Cryptography;
using OtpNet;

namespace MfaSts.Sandbox;

/// <summary>IDs and secrets in the forms that AWS gives them.</summary>
internal static class AwsRandom
{
    // Base32's, which access key IDs and unique IDs are made of as well.
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>A seed of 160 bits, as RFC 4226 recommends.</summary>
    internal static string Seed() => Base32Encoding.ToString(RandomNumberGenerator.GetBytes(20));

    /// <summary>AKIA for long-term keys, ASIA for temporary ones, then 16 characters.</summary>
    internal static string AccessKeyId(string prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, 16);

    /// <summary>A user's unique ID: 21 characters.</summary>
    internal static string UserId() => UniqueId("AIDA");

    /// <summary>A role's unique ID: 21 characters.</summary>
    internal static string RoleId() => UniqueId("AROA");

    /// <summary>40 characters that, as AWS's do, may hold a slash or a plus.</summary>
    internal static string Secret() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));

    /// <summary>AWS's tokens have no fixed length; this one is about as long as theirs.</summary>
    internal static string SessionToken() => "IQoJb3JpZ2luX2Vj" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(200));

    private static string UniqueId(string prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, 17);
}

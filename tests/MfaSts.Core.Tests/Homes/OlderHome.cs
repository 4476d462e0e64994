using MfaSts.Sessions;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Homes;

/// <summary>A home as one of the older systems leaves it, with a slot where its session stands, and what that system reads there.</summary>
/// <param name="Name">The system, and the layout where it has several.</param>
/// <param name="Files">The files below the home folder, with the slots <c>{session}</c> and, in stscreds' own file,
/// <c>{expiry}</c>.</param>
internal sealed partial record OlderHome(string Name, Dictionary<string, string> Files)
{
    public const string CredentialsFile = ".aws/credentials";
    public const string ConfigFile = ".aws/config";
    public const string NoMfaFile = ".aws/credentials.no-mfa";
    public const string StscredsFile = ".stscreds/credentials";

    /// <summary>What the system says of a session that it takes.</summary>
    public const string StillValid = "still valid";

    /// <summary>The session that the system wrote; it has expired, or nothing tells when it does.</summary>
    public required string Session { get; init; }

    /// <summary>The same place with the session that MfaSts gets for one code.</summary>
    public required string NewSession { get; init; }

    /// <summary>The session that the system wrote, still valid; null where nothing tells when it ends.</summary>
    public string? ValidSession { get; init; }

    /// <summary>What the user asks for.</summary>
    public required SessionRequest Request { get; init; }

    /// <summary>The section that the session ends up in.</summary>
    public required string Section { get; init; }

    /// <summary>
    /// Reads the home as the system does: <see cref="StillValid"/>, or why it would ask for a code; and the access key ID that it hands
    /// out.
    /// </summary>
    public required Func<Func<string, string>, DateTimeOffset, (string Verdict, string? AccessKeyId)> Read { get; init; }

    public override string ToString() => Name;

    /// <summary>The content of a file with a session in its slot.</summary>
    public static string Fill(string template, string session, string expiry) => template
        .Replace("{session}", session, StringComparison.Ordinal)
        .Replace("{expiry}", expiry, StringComparison.Ordinal)
        .Replace("{key}", ScratchHome.KeyId, StringComparison.Ordinal)
        .Replace("{secret}", ScratchHome.Secret, StringComparison.Ordinal)
        .Replace("{device}", ScratchHome.Device, StringComparison.Ordinal);
}

using Amazon.Runtime.CredentialManagement;

namespace MfaSts.Benchmark;

/// <summary>Writes a profile as a program with the AWS SDK for .NET does.</summary>
internal static class SdkWriter
{
    public static void Write(string path, string profile)
    {
        var options = new CredentialProfileOptions
        {
            AccessKey = "ASIA" + Guid.NewGuid().ToString("N")[..16].ToUpperInvariant(),
            SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            Token = "FwoGZXIvYXdzEXAMPLE",
        };
        new SharedCredentialsFile(path).RegisterProfile(new CredentialProfile(profile, options));
    }
}

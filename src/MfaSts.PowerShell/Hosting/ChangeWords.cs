using MfaSts.Credentials;
using MfaSts.Files;
using MfaSts.Profiles;
using MfaSts.Stores;

namespace MfaSts.PowerShell.Hosting;

/// <summary>What -WhatIf and -Confirm tell of a change. Never the secret.</summary>
/// <param name="change">The change.</param>
/// <param name="store">Where the secret goes.</param>
/// <param name="files">Where the rest goes.</param>
internal sealed class ChangeWords(LongTermCredentialChange change, string store, AwsFiles files)
{
    private const string And = " and ";

    /// <summary>What would be stored.</summary>
    public string Contents => string.Join(And, EachContent());

    /// <summary>The sections and files.</summary>
    public string Places => string.Join(And, EachPlace());

    private bool HasSettings => change.Region is not null || change.Duration is not null;

    private IEnumerable<string> EachContent()
    {
        if (change.AccessKeyId is not null)
        {
            yield return $"Store long-term access key {change.AccessKeyId}"
                + (store == KeyStoreName.File ? string.Empty : $", its secret in the store {store}");
        }

        if (change.SerialNumber is not null)
        {
            yield return $"Store MFA device {change.SerialNumber}";
        }

        if (HasSettings)
        {
            yield return "Store settings of the profile";
        }
    }

    private IEnumerable<string> EachPlace()
    {
        if (change.AccessKeyId is not null || change.SerialNumber is not null)
        {
            yield return $"[{change.Profile}{ProfileName.LongTermSuffix}] in '{files.Credentials.Path}'";
        }

        if (HasSettings)
        {
            yield return $"[{(change.Profile == "default" ? change.Profile : "profile " + change.Profile)}] in '{files.Config.Path}'";
        }
    }
}

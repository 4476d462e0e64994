using System.Management.Automation;
using MfaSts.Policies;
using MfaSts.PowerShell.Hosting;

namespace MfaSts.PowerShell.Commands;

/// <summary>Gives the IAM policy, as JSON, that enforces MFA and yet lets users get a session. AWS is not asked for anything.</summary>
[Cmdlet(VerbsCommon.Get, "MfaPolicyDocument")]
[OutputType(typeof(string))]
public sealed class GetMfaPolicyDocumentCommand : MfaCmdlet
{
    /// <summary>Let users set up their first device, and with MFA manage their devices, access keys and password.</summary>
    [Parameter]
    public SwitchParameter SelfService { get; set; }

    /// <summary>Actions that need no MFA, such as s3:Get*. Another policy has to allow them.</summary>
    [Parameter]
    public string[] AllowAction { get; set; } = [];

    /// <summary>The partition of the account.</summary>
    [Parameter]
    [ValidateSet("aws", "aws-cn", "aws-eusc", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f", "aws-us-gov")]
    public string Partition { get; set; } = Profiles.Partition.Commercial.Name;

    /// <summary>Give it without white space.</summary>
    [Parameter]
    public SwitchParameter Compress { get; set; }

    private protected override void Process()
    {
        var policy = new MfaPolicyDocument
        {
            HasSelfService = SelfService,
            Exceptions = AllowAction ?? [],
            Partition = Profiles.Partition.Named(Partition)!,
        };
        WriteObject(policy.ToJson(Compress));
    }
}

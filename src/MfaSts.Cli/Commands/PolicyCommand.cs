using System.CommandLine;
using System.Text;
using MfaSts.Policies;
using MfaSts.Profiles;

namespace MfaSts.Cli.Commands;

/// <summary>Writes the IAM policy that enforces MFA and yet lets users get a session.</summary>
internal sealed class PolicyCommand : DescribedCommand
{
    public PolicyCommand(CliHost host)
        : base("policy", "", "Write an IAM policy that enforces MFA and still lets users get a session.",
            "mfasts policy > mfa.json",
            "mfasts policy --self-service --allow-action 's3:Get*' --allow-action ecr:GetAuthorizationToken",
            "aws iam create-policy --policy-name mfa --policy-document \"$(mfasts policy --self-service)\"")
    {
        var selfService = new Option<bool>("--self-service")
        {
            Description = "Let users set up their first device, and with MFA manage their devices, access keys and password.",
        };
        var allowAction = new Option<string[]>("--allow-action")
        {
            Description = "An action that needs no MFA, such as s3:Get*. Another policy has to allow it. Can be repeated.",
            DefaultValueFactory = _ => [],
        };
        var partition = new Option<string>("--partition")
        {
            Description = "The partition of the account: aws, aws-cn, aws-us-gov and so on.",
            DefaultValueFactory = _ => Partition.Commercial.Name,
        };
        partition.AcceptOnlyFromAmong([.. Partition.Names]);
        var compress = new Option<bool>("--compress") { Description = "Write it without white space." };
        Add(selfService);
        Add(allowAction);
        Add(partition);
        Add(compress);
        SetAction(parsed =>
        {
            var policy = new MfaPolicyDocument
            {
                HasSelfService = parsed.GetValue(selfService),
                Exceptions = parsed.GetValue(allowAction)!,
                Partition = Partition.Named(parsed.GetValue(partition)!)!,
            };
            host.Output.Write(Encoding.UTF8.GetBytes(policy.ToJson(parsed.GetValue(compress)) + "\n"));
            host.Output.Flush();
            return ExitCodes.Success;
        });
    }
}

using Amazon.SecurityToken.Model;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <summary>AssumeRole as the SDK sends it. What is not set is not sent: STS takes an empty list for something else than none.</summary>
internal static class RoleRequest
{
    public static AssumeRoleRequest From(RoleCall call)
    {
        var role = call.Role;
        var request = new AssumeRoleRequest
        {
            RoleArn = role.RoleArn,
            RoleSessionName = call.SessionName,
            DurationSeconds = (int)call.Duration.TotalSeconds,
            ExternalId = role.ExternalId,
            SourceIdentity = role.SourceIdentity,
            Policy = role.Policy,
            SerialNumber = call.SerialNumber,
            TokenCode = call.TokenCode,
        };
        if (role.Tags.Count > 0)
        {
            request.Tags = [.. role.Tags.Select(tag => new Tag { Key = tag.Key, Value = tag.Value })];
        }

        if (role.TransitiveTagKeys.Count > 0)
        {
            request.TransitiveTagKeys = [.. role.TransitiveTagKeys];
        }

        if (role.PolicyArns.Count > 0)
        {
            request.PolicyArns = [.. role.PolicyArns.Select(arn => new PolicyDescriptorType { Arn = arn })];
        }

        return request;
    }
}

using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <content>The calls of STS.</content>
public sealed partial class AwsGateway
{
    /// <inheritdoc/>
    public Task<StsAnswer<TemporaryCredential>> GetSessionTokenAsync(
        StsCall call, string serialNumber, string tokenCode, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentException.ThrowIfNullOrEmpty(serialNumber);
        ArgumentException.ThrowIfNullOrEmpty(tokenCode);
        var operation = new StsOperation
        {
            Action = "GetSessionToken",
            Call = call,
            SerialNumber = serialNumber,
            TokenCode = tokenCode,
            Duration = duration,
        };
        var request = new GetSessionTokenRequest
        {
            SerialNumber = serialNumber,
            TokenCode = tokenCode,
            DurationSeconds = (int)duration.TotalSeconds,
        };
        return SendAsync(
            operation, ConnectToSts, (sts, limit) => sts.GetSessionTokenAsync(request, limit), AnswerReader.Credential, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StsAnswer<TemporaryCredential>> AssumeRoleAsync(StsCall call, RoleCall role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(role);
        var operation = new StsOperation
        {
            Action = "AssumeRole",
            Call = call,
            SerialNumber = role.SerialNumber ?? string.Empty,
            TokenCode = role.TokenCode ?? string.Empty,
            Duration = role.Duration,
            Role = role,
        };
        var request = RoleRequest.From(role);
        return SendAsync(
            operation, ConnectToSts, (sts, limit) => sts.AssumeRoleAsync(request, limit), AnswerReader.Credential, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StsAnswer<CallerIdentity>> GetCallerIdentityAsync(StsCall call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var operation = new StsOperation { Action = "GetCallerIdentity", Call = call };
        var request = new GetCallerIdentityRequest();
        return SendAsync(
            operation, ConnectToSts, (sts, limit) => sts.GetCallerIdentityAsync(request, limit), AnswerReader.Identity, cancellationToken);
    }

    private static AmazonSecurityTokenServiceClient ConnectToSts(StsCall call, SdkHttp http) =>
        new(SdkSettings.Credentials(call), SdkSettings.ForSts(call, http));
}

using System.Xml.Linq;
using MfaSts.Iam;
using MfaSts.Sts;

namespace MfaSts.Aws;

/// <content>The calls of IAM.</content>
public sealed partial class AwsGateway
{
    // Thousands of devices or keys are nobody's: a service that gives no end of pages is not AWS.
    private const int MostPages = 20;

    /// <inheritdoc/>
    public Task<StsAnswer<IReadOnlyList<IamDevice>>> ListMfaDevicesAsync(
        StsCall call, string? userName, CancellationToken cancellationToken) =>
        ListAsync(call, new IamRequest("ListMFADevices").With("UserName", userName), IamAnswerReader.Devices, cancellationToken);

    /// <inheritdoc/>
    public Task<StsAnswer<IReadOnlyList<IamAccessKey>>> ListAccessKeysAsync(
        StsCall call, string? userName, CancellationToken cancellationToken) =>
        ListAsync(call, new IamRequest("ListAccessKeys").With("UserName", userName), IamAnswerReader.AccessKeys, cancellationToken);

    /// <inheritdoc/>
    public Task<StsAnswer<NewAccessKey>> CreateAccessKeyAsync(StsCall call, string? userName, CancellationToken cancellationToken) =>
        SendAsync(call, new IamRequest("CreateAccessKey").With("UserName", userName), IamAnswerReader.NewAccessKey, cancellationToken);

    /// <inheritdoc/>
    public Task<StsAnswer<string>> SetAccessKeyStatusAsync(
        StsCall call, string? userName, string accessKeyId, bool isActive, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        var request = new IamRequest("UpdateAccessKey")
            .With("UserName", userName).With("AccessKeyId", accessKeyId)
                .With("Status", isActive ? IamAnswerReader.Active : IamAnswerReader.Inactive);
        return SendAsync(call, request, _ => accessKeyId, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<StsAnswer<string>> DeleteAccessKeyAsync(
        StsCall call, string? userName, string accessKeyId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(accessKeyId);
        var request = new IamRequest("DeleteAccessKey").With("UserName", userName).With("AccessKeyId", accessKeyId);
        return SendAsync(call, request, _ => accessKeyId, cancellationToken);
    }

    // Each page is a call of its own, sent once. That of the first page counts as the moment of the answer.
    private async Task<StsAnswer<IReadOnlyList<T>>> ListAsync<T>(
        StsCall call, IamRequest request, Func<XElement, IEnumerable<T>> read, CancellationToken cancellationToken)
    {
        var items = new List<T>();
        DateTimeOffset? serviceTime = null;
        string? marker = null;
        for (int page = 1; page == 1 || marker is not null; page++)
        {
            bool isLast = page == MostPages;
            var answer = await SendAsync(
                call,
                request.With("Marker", marker),
                result => new IamPage<T>([.. read(result)], IamAnswerReader.Marker(result, isLast)),
                cancellationToken).ConfigureAwait(false);
            items.AddRange(answer.Value.Items);
            serviceTime ??= answer.ServiceTime;
            marker = answer.Value.Marker;
        }

        return new StsAnswer<IReadOnlyList<T>>(items, serviceTime);
    }

    private Task<StsAnswer<T>> SendAsync<T>(StsCall call, IamRequest request, Func<XElement, T> read, CancellationToken cancellationToken)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(call);
        var operation = new StsOperation { IsIam = true, Action = request.Action, Call = call };
        return SendAsync(
            operation,
            (c, http) => new IamClient(SdkSettings.Credentials(c), SdkSettings.ForIam(c, http)),
            (iam, limit) => iam.SendAsync(request, limit),
            response => read(response.Result),
            cancellationToken);
    }
}

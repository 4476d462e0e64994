namespace MfaSts.Sandbox;

/// <summary>What a person who tries the sandbox by hand has to type or paste.</summary>
internal sealed class ServeDescription(SandboxServer server, SandboxRole ownRole, SandboxRole foreignRole)
{
    /// <summary>What the role of the other account asks for.</summary>
    internal const string ExternalId = "sandbox-audit";

    private const string Region = "us-east-1";
    private const string Profile = "sandbox";

    private readonly SandboxUser _user = server.Account.Users[0];

    private SandboxAccessKey Key => _user.AccessKeys[0];

    private VirtualMfaDevice Device => _user.MfaDevices[0];

    /// <summary>The text.</summary>
    public override string ToString() => string.Join(Environment.NewLine, (string[])
    [
        $"An AWS account in memory answers at {server.Endpoint}. Its keys are good for nothing else. Ctrl+C ends it.",
        string.Empty,
        $"  user          {_user.Arn}",
        $"  access key    {Key.AccessKeyId}",
        $"  secret key    {Key.SecretAccessKey}",
        $"  MFA device    {Device.SerialNumber}",
        $"  device seed   {Device.Seed}",
        $"  role          {ownRole.Arn}",
        $"  role          {foreignRole.Arn} (another account, with an external ID)",
        string.Empty,
        "Point tools at it, in PowerShell:",
        .. Variables().Select(variable => $"  $env:{variable.Name} = '{variable.Value}'"),
        string.Empty,
        "or in sh:",
        .. Variables().Select(variable => $"  export {variable.Name}='{variable.Value}'"),
        string.Empty,
        // Not indented: AWS tools take an indented line for the rest of the one above.
        "or, with the first three of them, as profiles, which roles need. For the file ~/.aws/config:",
        string.Empty,
        .. Section($"profile {Profile}-{ownRole.Name}", ("role_arn", ownRole.Arn), ("source_profile", Profile)),
        .. Section(
            $"profile {Profile}-{foreignRole.Name}",
            ("role_arn", foreignRole.Arn), ("source_profile", Profile), ("external_id", ExternalId)),
        "and for ~/.aws/credentials:",
        string.Empty,
        $"[{Profile}-long-term]",
        $"aws_access_key_id = {Key.AccessKeyId}",
        $"aws_secret_access_key = {Key.SecretAccessKey}",
        $"aws_mfa_device = {Device.SerialNumber}",
        string.Empty,
        "The device shows:",
    ]);

    // The AWS CLI and boto3 read only AWS_DEFAULT_REGION.
    private (string Name, string Value)[] Variables() =>
    [
        ("AWS_ENDPOINT_URL", server.Endpoint.GetLeftPart(UriPartial.Authority)),
        ("AWS_REGION", Region),
        ("AWS_DEFAULT_REGION", Region),
        ("AWS_ACCESS_KEY_ID", Key.AccessKeyId),
        ("AWS_SECRET_ACCESS_KEY", Key.SecretAccessKey),
    ];

    private static IEnumerable<string> Section(string name, params (string Key, string Value)[] settings) =>
    [
        $"[{name}]",
        .. settings.Select(setting => $"{setting.Key} = {setting.Value}"),
        string.Empty,
    ];
}

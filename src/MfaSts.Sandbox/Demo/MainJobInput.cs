namespace MfaSts.Sandbox.Demo;

/// <summary>What the person brings.</summary>
internal sealed class MainJobInput(string profile, SandboxAccessKey key, string serialNumber, string code, DemoHome home)
{
    public const string Region = "eu-central-1";

    public string Profile { get; } = profile;

    public SandboxAccessKey Key { get; } = key;

    public string SerialNumber { get; } = serialNumber;

    public string Code { get; } = code;

    public DemoHome Home { get; } = home;
}

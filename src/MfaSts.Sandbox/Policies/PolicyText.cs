namespace MfaSts.Sandbox.Policies;

/// <summary>A policy as it was written, and as it was understood.</summary>
internal sealed class PolicyText(string text)
{
    internal static PolicyText AllowAll { get; } =
        new("""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""");

    internal string Text { get; } = text;

    internal PolicyDocument Document { get; } = PolicyDocument.Parse(text);
}

namespace MfaSts.Sandbox.Demo;

/// <summary>How the protected call ended.</summary>
/// <param name="IsAccepted">The call was served.</param>
/// <param name="Text">The first user's ARN, or the refusal's words.</param>
internal sealed record ProtectedAnswer(bool IsAccepted, string Text);

namespace MfaSts.Aws;

/// <summary>An answer came, and it is none. The message is ours and holds nothing of it.</summary>
internal sealed class UnusableAnswerException(string message) : Exception(message);

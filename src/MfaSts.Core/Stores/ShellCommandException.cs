namespace MfaSts.Stores;

/// <summary>A command that the user configured failed. The message is the end of a sentence and repeats nothing that it printed.</summary>
internal sealed class ShellCommandException(string why, Exception? cause = null) : Exception(why, cause);

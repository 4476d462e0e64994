namespace MfaSts.Platform.Windows;

/// <summary>An entry of an access control list that allows something.</summary>
/// <param name="Identifier">To whom.</param>
/// <param name="Rights">What, as an access mask.</param>
/// <param name="IsForChildrenOnly">It counts only for what is made in the folder.</param>
internal sealed record AccessEntry(string Identifier, uint Rights, bool IsForChildrenOnly);

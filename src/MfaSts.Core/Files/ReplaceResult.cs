namespace MfaSts.Files;

internal enum ReplaceResult
{
    /// <summary>The new bytes are in place.</summary>
    Done,

    /// <summary>Another program changed the file since it was read. Nothing was written.</summary>
    Overtaken,

    /// <summary>A rename cannot be, or would change owner, links or access. Nothing was written.</summary>
    Impossible,
}

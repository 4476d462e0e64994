namespace MfaSts.Errors;

/// <summary>One failure, told once: what happened, with which profile and file, and what to do about it. It never holds a secret.</summary>
public sealed class MfaError
{
    internal MfaError(MfaErrorId id, MfaErrorCategory category, string? target, string message, string remedy)
    {
        Id = id;
        Category = category;
        Target = target;
        Message = PrintableText.Escape(message);
        Remedy = PrintableText.Escape(remedy);
    }

    /// <summary>The stable identifier.</summary>
    public MfaErrorId Id { get; }

    /// <summary>The kind of error.</summary>
    public MfaErrorCategory Category { get; }

    /// <summary>What happened, in one or two sentences.</summary>
    public string Message { get; }

    /// <summary>What the person who reads it can do.</summary>
    public string Remedy { get; }

    /// <summary>The profile concerned, or null. Never an object that carries secrets.</summary>
    public string? Target { get; }

    /// <summary>The message followed by the remedy.</summary>
    public override string ToString() => $"{Message} {Remedy}";
}

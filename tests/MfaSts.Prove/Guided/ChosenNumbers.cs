namespace MfaSts.Prove.Guided;

/// <summary>Numbers that the input chooses, one byte each, and then zeros.</summary>
internal sealed class ChosenNumbers(byte[] choices) : Random
{
    private int _next;

    public override int Next(int maxValue) => _next < choices.Length ? choices[_next++] % maxValue : 0;
}

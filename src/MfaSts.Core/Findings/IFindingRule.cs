namespace MfaSts.Findings;

/// <summary>Finds one kind of fault.</summary>
internal interface IFindingRule
{
    /// <summary>What is found in the examined profiles. No request is made, no command is run and nobody is asked.</summary>
    IEnumerable<MfaProfileFinding> Find(Examination examination);
}

namespace MfaSts.Conformance.Tests.Clients;

/// <summary>What a client got from AWS with a profile.</summary>
/// <param name="Arn">Whose session it is, or null when it got nothing.</param>
/// <param name="Users">The list that needs MFA.</param>
/// <param name="Error">Why it got nothing.</param>
internal sealed record ClientAnswer(string? Arn, IReadOnlyList<string> Users, string Error)
{
    internal static ClientAnswer Failure(string error) => new(null, [], error);

    internal void AssertIsServed()
    {
        Assert.True(Arn is not null, Error);
        Assert.Equal("arn:aws:iam::123456789012:user/alice", Arn);
        Assert.Equal(["alice"], Users);
    }
}

using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Tests.Fakes;

namespace MfaSts.Tests.Credentials;

public class AccessKeyAssignmentTests
{
    [Theory]
    [InlineData("work", "alice", "given", "work")]
    [InlineData(null, "alice", "given", "given")]
    [InlineData(null, "alice", null, "the-default")]
    public void Of_SingleRow_ProfileColumnThenTheCallersThenTheDefault(string? profile, string? user, string? given, string expected) =>
        Assert.Equal([expected], Of(given, 1, Row(1, profile, user)));

    [Fact]
    public void Of_SeveralRows_ProfileColumnThenTheUser() =>
        Assert.Equal(["alice", "work"], Of(null, 2, Row(1, null, "alice"), Row(2, "work", "bob")));

    [Fact]
    public void Of_RowThatIsLeftOverOfSeveral_IsNoSingleOne()
    {
        Assert.Equal(["alice"], Of(null, 2, Row(1, null, "alice")));
        Refused(
            "'f', line 1, cannot be read as the access key of profile 'given': it is one of 2 rows",
            () => Of("given", 2, Row(1, null, "alice")));
    }

    [Fact]
    public void Of_TwoRowsForOneProfile_AreRefusedByTheirPlaces() => Refused(
        "'f', line 2, cannot be read as the access key of profile 'alice': 'f', line 1 is for the same profile",
        () => Of(null, 2, Row(1, "alice", null), Row(2, null, "alice")));

    [Fact]
    public void Of_SeveralRowsWithoutProfileOrUser_AreRefused() =>
        Refused("each needs a 'Profile' or a 'User name'", () => Of(null, 2, Row(1, "a", null), Row(2, null, null)));

    [Fact]
    public void Of_ProfileThatIsNoName_IsRefused() =>
        Assert.Equal(MfaErrorId.ProfileNameInvalid, Assert.Throws<MfaException>(() => Of(null, 1, Row(1, "a]b", null))).Error.Id);

    [Theory]
    [InlineData(ScratchHome.Device, 1, true)]
    [InlineData(null, 2, true)]
    [InlineData(ScratchHome.Device, 2, false)]
    public void DeviceOf_DeviceForSeveralRows_IsRefused(string? serial, int count, bool isTaken)
    {
        string? found = null;
        var failure = Record.Exception(() => found = AccessKeyAssignment.DeviceOf("p", serial, count));

        Assert.Equal((isTaken, isTaken ? serial : null), (failure is null, found));
        Assert.True(isTaken || failure is MfaException { Error: { Id: MfaErrorId.SerialNumberInvalid, Target: "p" } });
    }

    private static void Refused(string reason, Func<object> action)
    {
        var error = Assert.Throws<MfaException>(action).Error;
        Assert.Equal(MfaErrorId.CsvUnreadable, error.Id);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ScratchHome.Secret, error.ToString(), StringComparison.Ordinal);
    }

    private static string[] Of(string? given, int count, params AccessKeyRow[] rows) =>
        [.. AccessKeyAssignment.Of(rows, count, given, () => "the-default").Select(assigned => assigned.Profile)];

    private static AccessKeyRow Row(int line, string? profile, string? user) =>
        AccessKeyRow.From($"'f', line {line},", column => column switch
    {
        AccessKeyRow.AccessKeyIdColumn => ScratchHome.KeyId,
        AccessKeyRow.SecretAccessKeyColumn => ScratchHome.Secret,
        AccessKeyRow.ProfileColumn => profile,
        _ => user,
    });
}

using MfaSts.Cli.Tests.Support;
using MfaSts.Errors;
using MfaSts.Policies;
using MfaSts.Profiles;

namespace MfaSts.Cli.Tests.Commands;

public sealed class PolicyTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public async Task Policy_is_minimal_unless_more_is_asked_for() =>
        (await _program.RunAsync("policy")).Gave(new MfaPolicyDocument().ToJson() + "\n");

    [Fact]
    public async Task Options_reach_the_policy()
    {
        var expected =
            new MfaPolicyDocument
            {
                HasSelfService = true,
                Exceptions = ["s3:Get*", "ecr:Batch*"],
                Partition = Partition.Named("aws-us-gov")!,
            };

        (await _program.RunAsync("policy", "--self-service", "--allow-action", "s3:Get*", "--allow-action", "ecr:Batch*", "--partition",
            "aws-us-gov", "--compress"))
            .Gave(expected.ToJson(isCompressed: true) + "\n");
    }

    [Fact]
    public async Task Action_that_is_none_is_refused() =>
        (await _program.RunAsync("policy", "--allow-action", "*")).Failed(ExitCodes.Of(MfaErrorId.PolicyInvalid));

    [Fact]
    public async Task Partition_that_is_none_is_refused() =>
        (await _program.RunAsync("policy", "--partition", "azure")).Failed(ExitCodes.Usage);
}

using System.Text;
using MfaSts.Cli.Tests.Support;

namespace MfaSts.Cli.Tests;

public sealed class QuickAnswerTests : IDisposable
{
    private readonly ProgramUnderTest _program = new();

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("credential-process")]
    [InlineData("credential-process", "prod")]
    public async Task It_is_what_the_command_writes(params string[] args)
    {
        _program.Store(TimeSpan.FromMinutes(16));
        _program.Home.Variables["AWS_PROFILE"] = "prod";
        var before = _program.Home.Snapshot();

        string? answer = Answer(args);

        (await _program.RunAsync(args)).Gave(answer!);
        Assert.Equal(before, _program.Home.Snapshot());
    }

    [Theory]
    [InlineData("credential-process", "--help")]
    [InlineData("credential-process", "/h")]
    [InlineData("credential-process", "prod", "--verbose")]
    [InlineData("credential-process", "")]
    [InlineData("credential-process", "other")]
    [InlineData("credential-process", " prod")]
    [InlineData("read", "prod")]
    [InlineData("env")]
    [InlineData]
    public void Whatever_else_is_left_to_the_command(params string[] args)
    {
        _program.Store(TimeSpan.FromHours(1));
        _program.Home.Variables["AWS_PROFILE"] = "prod";

        Assert.Null(Answer(args));
    }

    [Fact]
    public void A_session_that_may_have_to_be_renewed_is_left_to_the_command()
    {
        _program.Store(TimeSpan.FromMinutes(15));

        Assert.Null(Answer("credential-process", "prod"));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_left_to_the_command()
    {
        _program.Home.Credentials = "[prod\n";

        Assert.Null(Answer("credential-process", "prod"));
    }

    private string? Answer(params string[] args)
    {
        string? written = null;
        bool isWritten = QuickAnswer.TryWrite(args, _program.Home.Environment, _program.Home.Root, _program.Clock, bytes =>
        {
            written = Encoding.UTF8.GetString(bytes);
            return true;
        });
        Assert.Equal(isWritten, written is not null);
        return written;
    }
}

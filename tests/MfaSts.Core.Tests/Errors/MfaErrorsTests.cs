using System.Reflection;
using MfaSts.Credentials;
using MfaSts.Errors;
using MfaSts.Iam;
using MfaSts.Stores;
using MfaSts.Sts;

namespace MfaSts.Tests.Errors;

public class MfaErrorsTests
{
    // System.Management.Automation.ErrorCategory, PowerShell 7.
    private static readonly string[] PowerShellCategories =
    [
        "NotSpecified", "OpenError", "CloseError", "DeviceError", "DeadlockDetected", "InvalidArgument", "InvalidData", "InvalidOperation",
        "InvalidResult", "InvalidType",
        "MetadataError", "NotImplemented", "NotInstalled", "ObjectNotFound", "OperationStopped", "OperationTimeout", "SyntaxError",
        "ParserError", "PermissionDenied",
        "ResourceBusy", "ResourceExists", "ResourceUnavailable", "ReadError", "WriteError", "FromStdErr", "SecurityError", "ProtocolError",
        "ConnectionError",
        "AuthenticationError", "LimitsExceeded", "QuotaExceeded", "NotEnabled",
    ];

    public static TheoryData<string> Factories => [.. Methods().Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Factories))]
    public void Factory_Error_HasIdMessageRemedyAndNoTargetButTheProfile(string factory)
    {
        var method = Methods().Single(method => method.Name == factory);
        object?[] arguments = [.. method.GetParameters().Select(Argument)];
        var exception = (MfaException)method.Invoke(null, arguments)!;
        var error = exception.Error;

        Assert.True(Enum.IsDefined(error.Id));
        Assert.True(error.Message.Length > 20 && error.Remedy.Length > 10, error.ToString());
        Assert.DoesNotContain("..", error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message, exception.Message);
        Assert.True(error.Target is null or "the-profile");
        Assert.Equal(arguments.Contains("the-profile") || arguments.Contains(Credential), error.Target == "the-profile");
        Assert.True(error.Target is null || error.Message.Contains(error.Target, StringComparison.Ordinal), error.Message);
        Assert.All(
            method.GetParameters().Zip(arguments),
            pair => Assert.True(pair.First.Name is not "path" || error.Message.Contains("/the/path", StringComparison.Ordinal)));
    }

    [Fact]
    public void Factories_TakeNoSecret() =>
        Assert.DoesNotContain(
            Methods().SelectMany(method => method.GetParameters()),
            parameter => parameter.Name!.Contains("secret", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void Categories_Names_ArePowerShells() => Assert.Empty(Enum.GetNames<MfaErrorCategory>().Except(PowerShellCategories));

    [Fact]
    public void Message_ControlCharacterFromAFile_IsShown()
    {
        var error = MfaErrors.StoreUnreadable("/the/\u001b[31mpath", 3, "x").Error;

        Assert.DoesNotContain('\u001b', error.ToString());
        Assert.Contains("line 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cause_SystemsException_IsKept()
    {
        var cause = new IOException("disk on fire");

        Assert.Same(cause, MfaErrors.StoreAccessDenied("/x", "read", cause).InnerException);
        Assert.Contains("disk on fire", MfaErrors.StoreAccessDenied("/x", "read", cause).Message, StringComparison.Ordinal);
        Assert.Same(cause, MfaErrors.StoreFull("/x", cause).InnerException);
    }

    [Fact]
    public void DoneInPart_SecondFileFailed_SaysWhatWasDoneAndNotThatNothingWas()
    {
        var error = MfaErrors.DoneInPart("The key is stored.", MfaErrors.StoreAccessDenied("/the/path", "written")).Error;

        Assert.Equal(MfaErrorId.StoreAccessDenied, error.Id);
        Assert.StartsWith(
            "The key is stored. The rest was not done: '/the/path' cannot be written", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing was", error.ToString(), StringComparison.Ordinal);
    }

    private static LongTermCredential Credential { get; } = new()
    {
        Profile = "the-profile",
        AccessKeyId = "AKIAIOSFODNN7EXAMPLE",
        SecretAccessKey = "the-secret",
        Section = "the-section",
        Path = "/the/path",
    };

    private static IEnumerable<MethodInfo> Methods() =>
        typeof(MfaErrors).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(MfaException));

    private static object? Argument(ParameterInfo parameter) => parameter switch
    {
        { Name: "profile" or "name" } => "the-profile",
        { Name: "path" } => "/the/path",
        { ParameterType: var type } when type == typeof(string) => "some text",
        { ParameterType: var type } when type == typeof(TimeSpan) || type == typeof(TimeSpan?) => TimeSpan.FromMinutes(14),
        { ParameterType: var type } when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch,
        { ParameterType: var type } when type == typeof(bool) => true,
        { ParameterType: var type } when type == typeof(int?) => 3,
        { ParameterType: var type } when type == typeof(KeyStoreException) =>
            new KeyStoreException(isLocked: true, "it is locked", "Unlock it, then try again."),
        { ParameterType: var type } when type == typeof(IamAccessKey) =>
            new IamAccessKey
            {
                UserName = "alice",
                AccessKeyId = "AKIAIOSFODNN7EXAMPLE",
                IsActive = true,
                CreateDate = DateTimeOffset.UnixEpoch,
            },
        { ParameterType: var type } when type == typeof(IReadOnlyList<string>) => (string[])["the-section"],
        { ParameterType: var type } when type == typeof(IReadOnlyList<LongTermCredential>) => (LongTermCredential[])[Credential],
        { ParameterType: var type } when type == typeof(LongTermCredential) => Credential,
        { ParameterType: var type } when type == typeof(MfaException) => MfaErrors.StoreAccessDenied("/the/path", "written"),
        { ParameterType: var type } when type == typeof(RoleCall) =>
            new RoleCall
            {
                Role = new() { RoleArn = "arn:aws:iam::123456789012:role/r" },
                SessionName = "alice",
                Source = "source",
                Duration = TimeSpan.FromHours(1),
            },
        _ => null,
    };
}

using System.Reflection;
using System.Runtime.CompilerServices;

namespace MfaSts.Tests.Architecture;

/// <summary>What a type that holds a secret says of itself.</summary>
public class SecretTests
{
    private const string Secret = "s3cr3t-that-nobody-may-see";

    public static TheoryData<string> Types =>
        [.. typeof(MfaSession).Assembly.GetExportedTypes().Where(HoldsText).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(Types))]
    public void ToString_AnyPublicType_TellsNoSecret(string name)
    {
        var type = typeof(MfaSession).Assembly.GetType(name)!;
        object made = RuntimeHelpers.GetUninitializedObject(type);
        foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public))
        {
            if (field.FieldType == typeof(string))
            {
                field.SetValue(made, IsSecret(field.Name) ? Secret : "plain");
            }
            else if (field.FieldType == typeof(TimeProvider))
            {
                field.SetValue(made, TimeProvider.System);
            }
        }

        Assert.DoesNotContain(Secret, made.ToString(), StringComparison.Ordinal);
        Assert.Null(type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic));
    }

    [Fact]
    public void Types_WithSecrets_AreAmongThem()
    {
        string[] names = [.. Types.Select(row => row.Data)];

        Assert.Contains("MfaSts.MfaSession", names);
        Assert.Contains("MfaSts.Sts.StsCall", names);
        Assert.Contains("MfaSts.Sts.TemporaryCredential", names);
        Assert.Contains("MfaSts.Iam.NewAccessKey", names);
        Assert.Contains("MfaSts.Credentials.LongTermCredential", names);
    }

    [Theory]
    [InlineData(typeof(MfaLongTermCredential))]
    [InlineData(typeof(MfaSessionInfo))]
    [InlineData(typeof(MfaDevice))]
    [InlineData(typeof(MfaSts.Iam.IamAccessKey))]
    [InlineData(typeof(MfaSts.Errors.MfaError))]
    public void Properties_TypeThatIsShown_HasNoSecret(Type type) => Assert.DoesNotContain(
        type.GetProperties(), property => property.PropertyType != typeof(bool) && IsSecret(property.Name));

    private static bool HoldsText(Type type) =>
        type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false }
            && type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Any(field => field.FieldType == typeof(string));

    private static bool IsSecret(string name) =>
        name.Contains("Secret", StringComparison.OrdinalIgnoreCase) || name.Contains("Token", StringComparison.OrdinalIgnoreCase)
            || name.Contains("Code", StringComparison.OrdinalIgnoreCase);
}

namespace MfaSts.Aws.Tests;

public sealed class AssemblyTests
{
    [Fact]
    public void Assembly_References_AreCoreTheSdkAndTheFramework()
    {
        var foreign = typeof(AwsGateway).Assembly.GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name != "MfaSts.Core" && !name.StartsWith("AWSSDK.", StringComparison.Ordinal) && !IsFramework(name));

        Assert.Empty(foreign);
    }

    [Fact]
    public void Assembly_Exports_OnlyTheGateway() => Assert.Equal([typeof(AwsGateway)], typeof(AwsGateway).Assembly.GetExportedTypes());

    [Fact]
    public void Gateway_PublicSignatures_UseCoreAndFrameworkTypesOnly()
    {
        var types = typeof(AwsGateway).GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.ParameterType)
            .Concat(typeof(AwsGateway).GetMethods().SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)));

        Assert.DoesNotContain(types, type => type.Assembly.GetName().Name!.StartsWith("AWSSDK.", StringComparison.Ordinal));
    }

    private static bool IsFramework(string name) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, name + ".dll"));
}

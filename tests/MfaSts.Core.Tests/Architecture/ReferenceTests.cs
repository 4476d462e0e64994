using System.Reflection;

namespace MfaSts.Tests.Architecture;

public class ReferenceTests
{
    private static Assembly Core => typeof(MfaSession).Assembly;

    [Fact]
    public void Core_References_AreTheBaseClassLibraryOnly() =>
        Assert.All(Core.GetReferencedAssemblies(), reference => Assert.True(IsBaseClassLibrary(reference.Name!), reference.Name));

    [Fact]
    public void Core_PublicSignatures_HaveItsOwnAndBaseTypesOnly() =>
        Assert.All(
            Core.GetExportedTypes().SelectMany(Mentioned),
            type => Assert.True(type.Assembly == Core || IsBaseClassLibrary(type.Assembly.GetName().Name!), type.FullName));

    private static bool IsBaseClassLibrary(string name) =>
        name is "mscorlib" or "netstandard" || name.StartsWith("System.", StringComparison.Ordinal)
            ? name != "System.Management.Automation"
            : name == "Microsoft.Win32.Primitives";

    private static IEnumerable<Type> Mentioned(Type type) =>
    [
        .. type.GetInterfaces(),
        .. type.GetMethods()
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType)),
        .. type.GetConstructors().SelectMany(constructor => constructor.GetParameters()).Select(parameter => parameter.ParameterType),
        .. type.GetProperties().Select(property => property.PropertyType),
        .. type.BaseType is { } parent ? [parent] : Array.Empty<Type>(),
    ];
}

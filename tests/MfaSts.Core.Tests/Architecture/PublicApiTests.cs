using System.Reflection;
using System.Text;

namespace MfaSts.Tests.Architecture;

/// <summary>The public surface, frozen: a change to it is a decision, made by changing <c>approved/PublicApi.txt</c>.</summary>
public class PublicApiTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void PublicSurface_Core_IsAsApproved()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "approved");
        string approved = File.ReadAllText(Path.Combine(folder, "PublicApi.txt"));
        string actual = Describe(typeof(MfaSession).Assembly);
        string received = Path.Combine(folder, "PublicApi.received.txt");
        if (approved != actual)
        {
            File.WriteAllText(received, actual);
        }

        Assert.True(
            approved == actual,
            $"The public surface of MfaSts.Core has changed. If that is meant, copy '{received}' over "
                + $"tests/MfaSts.Core.Tests/approved/PublicApi.txt. Differences: {Difference(approved, actual)}");
    }

    private static string Difference(string approved, string actual)
    {
        var was = WithTypes(approved);
        var now = WithTypes(actual);
        return string.Concat(was.Except(now).Select(line => "\n- " + line).Concat(now.Except(was).Select(line => "\n+ " + line)));
    }

    private static List<string> WithTypes(string text)
    {
        var lines = new List<string>();
        string type = string.Empty;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            type = line[0] == ' ' ? type : line;
            lines.Add(line[0] == ' ' ? $"{type}: {line.Trim()}" : line);
        }

        return lines;
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string[] Members(Type type) => type.IsEnum
        ? Enum.GetNames(type)
        :
        [
            .. type.GetConstructors().Select(constructor => $"new({Parameters(constructor)})"),
            .. type.GetProperties(Declared)
                .Select(
                    property => $"{Name(property.PropertyType)} {property.Name}{Index(property)} "
                        + $"{{{(property.GetMethod?.IsPublic == true ? " get;" : "")}"
                        + $"{(property.SetMethod?.IsPublic == true ? " set;" : "")} }}"),
            .. type.GetFields(Declared).Select(field => $"const {Name(field.FieldType)} {field.Name}"),
            .. type.GetMethods(Declared).Where(method => !method.IsSpecialName)
                .Select(method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)})"),
        ];

    private static string Index(PropertyInfo property) =>
        property.GetIndexParameters() is { Length: > 0 } index
            ? $"[{string.Join(", ", index.Select(parameter => Name(parameter.ParameterType)))}]"
            : string.Empty;

    private static string Parameters(MethodBase method) =>
        string.Join(
            ", ",
            method.GetParameters().Select(
                parameter => $"{(parameter.IsOut ? "out " : "")}{Name(parameter.ParameterType)} "
                    + $"{parameter.Name}{(parameter.IsOptional ? " = optional" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }

        string name = type.Namespace is "System" or "System.Threading" or "System.Threading.Tasks" or "System.Collections.Generic"
            ? type.Name
            : type.FullName ?? type.Name;
        return type.IsGenericType
            ? (type.Namespace == "MfaSts.Sts" ? "MfaSts.Sts." : "")
                + $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}"
                + $"<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : name;
    }
}

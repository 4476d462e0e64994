using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace MfaSts.Help.Reading;

/// <summary>The YAML in a page.</summary>
internal static class Yaml
{
    private static readonly IDeserializer Reader = new DeserializerBuilder().Build();

    internal static T Read<T>(HelpPage page, int line, string text)
    {
        try
        {
            return Reader.Deserialize<T>(text);
        }
        catch (YamlException e)
        {
            throw new HelpFormatException(page.Path, line + (int)e.Start.Line, e.Message);
        }
    }
}

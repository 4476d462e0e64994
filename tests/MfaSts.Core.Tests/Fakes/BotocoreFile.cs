using System.Text.Json;

namespace MfaSts.Tests.Fakes;

/// <summary>What botocore reads from a file.</summary>
/// <param name="Sections">Section, key, value.</param>
/// <param name="Nested">Section, key of a nested block, inner key, inner value.</param>
/// <param name="Profiles">The profiles by name, when the file is a config file.</param>
internal sealed record BotocoreFile(
    Dictionary<string, Dictionary<string, string>> Sections,
    Dictionary<string, Dictionary<string, Dictionary<string, string>>> Nested,
    Dictionary<string, JsonElement> Profiles);

using System.IO.Compression;
using System.Text;

namespace MfaSts.Sandbox.Query;

/// <summary>
/// How much of the room for session policies and tags a call takes up, in percent. AWS packs them into a binary form that it does not
/// publish, with a limit apart from that on the plain text. Here Deflate packs them, into a room that nine tags of 250 random characters
/// fill as they do AWS's: five times.
/// </summary>
internal static class PackedSize
{
    private const int Room = 450;

    /// <summary>The percentage; null when there is neither policy nor tag.</summary>
    /// <exception cref="Refusal">It is over 100.</exception>
    internal static int? Of(AssumeRoleInput input, SessionTags tags)
    {
        int tagSize = Percent(string.Concat(tags.All.Select(tag => $"{tag.Key}={tag.Value};")));
        if (tagSize > 100)
        {
            throw Refusals.TagsTooLarge(tagSize);
        }

        int size = tagSize + Percent(input.Policy + string.Concat(input.PolicyArns));
        return size > 100 ? throw Refusals.PolicyTooLarge(size) : size == 0 ? null : size;
    }

    private static int Percent(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(Encoding.UTF8.GetBytes(text));
        }

        return (int)Math.Ceiling(packed.Length * 100.0 / Room);
    }
}

using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace MfaSts.Platform.Windows;

/// <summary>Security identifiers (MS-DTYP 2.4.2), in their text form.</summary>
internal static class Sid
{
    public const string System = "S-1-5-18";
    public const string Administrators = "S-1-5-32-544";
    public const string TrustedInstaller = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";

    /// <summary>Whoever owns the file: as an entry of its list, that is no other.</summary>
    public const string OwnerRights = "S-1-3-4";

    /// <summary>Stands for the maker of what is made in a folder; by itself it grants nobody anything.</summary>
    public const string CreatorOwner = "S-1-3-0";

    /// <summary>The text of an identifier.</summary>
    /// <param name="bytes">Begins with it; what follows is ignored.</param>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        int count = bytes[1];
        ulong authority = (ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) << 32 | BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"S-{bytes[0]}-{authority}");
        for (int i = 0; i < count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"-{BinaryPrimitives.ReadUInt32LittleEndian(bytes[(8 + (4 * i))..])}");
        }

        return text.ToString();
    }
}

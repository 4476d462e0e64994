using System.Text;
using MfaSts.Roles;
using MfaSts.Sessions;

namespace MfaSts.Cli.Endpoint;

/// <summary>What the process that keeps an endpoint is told by the one that becomes the command; by a pipe, since it has keys.</summary>
/// <param name="Command">With this process the endpoint ends; <see cref="Watched"/> where a descriptor tells of it.</param>
/// <param name="Token">What clients must show.</param>
/// <param name="IsQuiet">Only errors are said.</param>
/// <param name="Request">What is wanted.</param>
/// <param name="Session">The session to begin with.</param>
internal sealed record EndpointTask(int Command, string Token, bool IsQuiet, SessionRequest Request, MfaSession Session)
{
    /// <summary>In place of a process: a descriptor has something to read when it has ended.</summary>
    public const int Watched = 0;

    /// <summary>Writes it down.</summary>
    public byte[] ToBytes()
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8))
        {
            writer.Write(Command);
            writer.Write(Token);
            writer.Write(IsQuiet);
            writer.Write(Request.Profile);
            WriteOptional(writer, Request.SessionProfile);
            WriteRole(writer, Request.Role);
            WriteSession(writer, Session);
        }

        return buffer.ToArray();
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="EndOfStreamException">It is not whole: its writer has ended.</exception>
    public static EndpointTask Read(Stream stream, TimeProvider clock)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8);
        (int command, string token, bool isQuiet) = (reader.ReadInt32(), reader.ReadString(), reader.ReadBoolean());
        var request = new SessionRequest
        {
            Profile = reader.ReadString(),
            SessionProfile = ReadOptional(reader),
            Role = ReadRole(reader),
        };
        return new EndpointTask(command, token, isQuiet, request, ReadSession(reader, request.Profile, clock));
    }

    /// <summary>Names the profile; never the token.</summary>
    public override string ToString() => Request.Profile;

    private static void WriteRole(BinaryWriter writer, RoleOptions? role)
    {
        WriteOptional(writer, role?.RoleArn);
        if (role is null)
        {
            return;
        }

        WriteOptional(writer, role.ExternalId);
        WriteOptional(writer, role.RoleSessionName);
        WriteList(writer, [.. role.Tags.SelectMany(tag => new[] { tag.Key, tag.Value })]);
        WriteList(writer, role.TransitiveTagKeys);
        WriteOptional(writer, role.SourceIdentity);
        WriteOptional(writer, role.Policy);
        WriteList(writer, role.PolicyArns);
    }

    private static RoleOptions? ReadRole(BinaryReader reader) => ReadOptional(reader) is not { } arn ? null : new RoleOptions
    {
        RoleArn = arn,
        ExternalId = ReadOptional(reader),
        RoleSessionName = ReadOptional(reader),
        Tags = [.. ReadList(reader).Chunk(2).Select(pair => new KeyValuePair<string, string>(pair[0], pair[1]))],
        TransitiveTagKeys = ReadList(reader),
        SourceIdentity = ReadOptional(reader),
        Policy = ReadOptional(reader),
        PolicyArns = ReadList(reader),
    };

    private static void WriteSession(BinaryWriter writer, MfaSession session)
    {
        writer.Write(session.AccessKeyId);
        writer.Write(session.SecretAccessKey);
        writer.Write(session.SessionToken);
        writer.Write(session.Expiration.UtcTicks);
        writer.Write(session.IsDirect);
    }

    private static MfaSession ReadSession(BinaryReader reader, string profile, TimeProvider clock) => new(clock)
    {
        Profile = profile,
        AccessKeyId = reader.ReadString(),
        SecretAccessKey = reader.ReadString(),
        SessionToken = reader.ReadString(),
        Expiration = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
        IsDirect = reader.ReadBoolean(),
        Section = null,
        Origin = SessionOrigin.Store,
    };

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        writer.Write(text ?? string.Empty);
    }

    private static string? ReadOptional(BinaryReader reader)
    {
        bool isThere = reader.ReadBoolean();
        string text = reader.ReadString();
        return isThere ? text : null;
    }

    private static void WriteList(BinaryWriter writer, IReadOnlyList<string> texts)
    {
        writer.Write(texts.Count);
        foreach (string text in texts)
        {
            writer.Write(text);
        }
    }

    private static string[] ReadList(BinaryReader reader)
    {
        string[] texts = new string[reader.ReadInt32()];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = reader.ReadString();
        }

        return texts;
    }
}

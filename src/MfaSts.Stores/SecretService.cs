using Tmds.DBus.Protocol;

namespace MfaSts.Stores;

/// <summary>
/// The calls of the Secret Service (freedesktop.org, Secret Service API 0.2) that a store needs, each with a limit of its own: the
/// D-Bus client has none.
/// </summary>
internal sealed class SecretService : IDisposable
{
    /// <summary>An object path that stands for none.</summary>
    public const string Nothing = "/";

    private const string Destination = "org.freedesktop.secrets";
    private const string ServicePath = "/org/freedesktop/secrets";
    private const string ServiceInterface = "org.freedesktop.Secret.Service";
    private const string CollectionInterface = "org.freedesktop.Secret.Collection";
    private const string ItemInterface = "org.freedesktop.Secret.Item";
    private const string PromptInterface = "org.freedesktop.Secret.Prompt";

    // The bus gives a service that it has to start 25 seconds.
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PersonLimit = TimeSpan.FromSeconds(120);

    private readonly DBusConnection _connection;
    private readonly CancellationToken _stop;

    private SecretService(DBusConnection connection, CancellationToken stop) => (_connection, _stop) = (connection, stop);

    /// <summary>The session, opened with the connection.</summary>
    public SecretSession Session { get; private set; } = new(Nothing, key: null);

    /// <summary>Connects and opens a session: an encrypted one, and a plain one only when the service has no other.</summary>
    public static async Task<SecretService> ConnectAsync(string address, CancellationToken stop)
    {
        var service = new SecretService(new DBusConnection(address), stop);
        try
        {
            await service._connection.ConnectAsync().AsTask().WaitAsync(CallLimit, stop).ConfigureAwait(false);
            service.Session = await service.OpenEncryptedAsync().ConfigureAwait(false)
                ?? await service.OpenPlainAsync().ConfigureAwait(false);
            return service;
        }
        catch
        {
            service.Dispose();
            throw;
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>The collection that new items go to, or <see cref="Nothing"/>.</summary>
    public Task<string> DefaultCollectionAsync() => CallAsync(
        Message(ServicePath, ServiceInterface, "ReadAlias", "s", (ref MessageWriter writer) => writer.WriteString("default")), Path);

    /// <summary>Whether a collection is locked.</summary>
    public Task<bool> IsLockedAsync(string collection) => CallAsync(
        Message(collection, "org.freedesktop.DBus.Properties", "Get", "ss", (ref MessageWriter writer) =>
        {
            writer.WriteString(CollectionInterface);
            writer.WriteString("Locked");
        }),
        static (message, _) => message.GetBodyReader().ReadVariantValue().GetBool());

    /// <summary>The items with these attributes, unlocked and locked.</summary>
    public Task<(string[] Unlocked, string[] Locked)> SearchAsync(IReadOnlyDictionary<string, string> attributes) => CallAsync(
        Message(ServicePath, ServiceInterface, "SearchItems", "a{ss}", (ref MessageWriter writer) => Write(ref writer, attributes)),
        static (message, _) =>
        {
            var reader = message.GetBodyReader();
            return (Paths(ref reader), Paths(ref reader));
        });

    /// <summary>Asks for objects to be unlocked.</summary>
    /// <returns>The prompt that does it, or <see cref="Nothing"/> when it is done.</returns>
    public Task<string> UnlockAsync(string path) => CallAsync(
        Message(
            ServicePath,
            ServiceInterface,
            "Unlock",
            "ao",
            (ref MessageWriter writer) => writer.WriteArray((ObjectPath[])[new ObjectPath(path)])),
        static (message, _) =>
        {
            var reader = message.GetBodyReader();
            Paths(ref reader);
            return reader.ReadObjectPathAsString();
        });

    /// <summary>Makes an item, or replaces the one with the same attributes.</summary>
    /// <returns>The item, or <see cref="Nothing"/> and the prompt that makes it.</returns>
    public Task<(string Item, string Prompt)> CreateAsync(
        string collection, string label, IReadOnlyDictionary<string, string> attributes, byte[] secret) => CallAsync(
        Message(collection, CollectionInterface, "CreateItem", "a{sv}(oayays)b", (ref MessageWriter writer) =>
        {
            var properties = writer.WriteDictionaryStart();
            writer.WriteDictionaryEntryStart();
            writer.WriteString(ItemInterface + ".Label");
            writer.WriteVariantString(label);
            writer.WriteDictionaryEntryStart();
            writer.WriteString(ItemInterface + ".Attributes");
            writer.WriteSignature("a{ss}");
            Write(ref writer, attributes);
            writer.WriteDictionaryEnd(properties);
            var (parameters, value) = Session.Close(secret);
            writer.WriteStructureStart();
            writer.WriteObjectPath(Session.Path);
            writer.WriteArray(parameters);
            writer.WriteArray(value);
            writer.WriteString("text/plain");
            writer.WriteBool(true);
        }),
        static (message, _) =>
        {
            var reader = message.GetBodyReader();
            return (reader.ReadObjectPathAsString(), reader.ReadObjectPathAsString());
        });

    /// <summary>The secret of an item.</summary>
    public async Task<byte[]> ReadAsync(string item)
    {
        var (parameters, value) = await CallAsync(
            Message(item, ItemInterface, "GetSecret", "o", (ref MessageWriter writer) => writer.WriteObjectPath(Session.Path)),
            static (message, _) =>
            {
                var reader = message.GetBodyReader();
                reader.AlignStruct();
                reader.ReadObjectPathAsString();
                return (reader.ReadArrayOfByte(), reader.ReadArrayOfByte());
            }).ConfigureAwait(false);
        return Session.Open(parameters, value);
    }

    /// <summary>Deletes an item.</summary>
    /// <returns>The prompt that does it, or <see cref="Nothing"/> when it is done.</returns>
    public Task<string> DeleteAsync(string item) => CallAsync(Message(item, ItemInterface, "Delete", signature: null, write: null), Path);

    /// <summary>Lets the service ask its person, on its own display.</summary>
    /// <returns>False when the question was dismissed, or nobody answered for two minutes.</returns>
    public async Task<bool> PromptAsync(string prompt)
    {
        var completed = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watch = await _connection.WatchSignalAsync(
            Destination,
            prompt,
            PromptInterface,
            "Completed",
            static (message, _) => message.GetBodyReader().ReadBool(),
            (Notification<bool> isDismissed) => completed.TrySetResult(isDismissed.HasValue && !isDismissed.Value),
            ObserverFlags.EmitOnConnectionClosed,
            emitOnCapturedContext: false).AsTask().WaitAsync(CallLimit, _stop).ConfigureAwait(false);
        await CallAsync(Message(prompt, PromptInterface, "Prompt", "s", (ref MessageWriter writer) => writer.WriteString(string.Empty)))
            .ConfigureAwait(false);
        try
        {
            return await completed.Task.WaitAsync(PersonLimit, _stop).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // Nobody shall be asked any longer for what nobody waits for.
            _connection.TrySendMessage(Message(prompt, PromptInterface, "Dismiss", signature: null, write: null));
            return e is TimeoutException ? false : throw new OperationCanceledException(_stop);
        }
    }

    private async Task<SecretSession?> OpenEncryptedAsync()
    {
        var agreement = new KeyAgreement();
        try
        {
            var (output, path) = await OpenAsync(KeyAgreement.Algorithm, VariantValue.Array(agreement.PublicKey)).ConfigureAwait(false);
            return new SecretSession(path, agreement.Agree(output.GetArray<byte>()));
        }
        catch (DBusErrorReplyException e) when (e.ErrorName == "org.freedesktop.DBus.Error.NotSupported")
        {
            return null;
        }
    }

    private async Task<SecretSession> OpenPlainAsync() =>
        new((await OpenAsync("plain", VariantValue.String(string.Empty)).ConfigureAwait(false)).Path, key: null);

    private Task<(VariantValue Output, string Path)> OpenAsync(string algorithm, VariantValue input) => CallAsync(
        Message(ServicePath, ServiceInterface, "OpenSession", "sv", (ref MessageWriter writer) =>
        {
            writer.WriteString(algorithm);
            writer.WriteVariant(input);
        }),
        static (message, _) =>
        {
            var reader = message.GetBodyReader();
            return (reader.ReadVariantValue(), reader.ReadObjectPathAsString());
        },
        StartLimit);

    private delegate void WriteBody(ref MessageWriter writer);

    private MessageBuffer Message(string path, string @interface, string member, string? signature, WriteBody? write)
    {
        var writer = _connection.GetMessageWriter();
        try
        {
            writer.WriteMethodCallHeader(Destination, path, @interface, member, signature);
            write?.Invoke(ref writer);
            return writer.CreateMessage();
        }
        finally
        {
            writer.Dispose();
        }
    }

    private Task<T> CallAsync<T>(MessageBuffer message, MessageValueReader<T> read, TimeSpan? limit = null) =>
        _connection.CallMethodAsync(message, read).WaitAsync(limit ?? CallLimit, _stop);

    private Task CallAsync(MessageBuffer message) => _connection.CallMethodAsync(message).WaitAsync(CallLimit, _stop);

    private static void Write(ref MessageWriter writer, IReadOnlyDictionary<string, string> attributes)
    {
        var start = writer.WriteDictionaryStart();
        foreach ((string name, string value) in attributes)
        {
            writer.WriteDictionaryEntryStart();
            writer.WriteString(name);
            writer.WriteString(value);
        }

        writer.WriteDictionaryEnd(start);
    }

    private static string Path(Message message, object? state) => message.GetBodyReader().ReadObjectPathAsString();

    private static string[] Paths(ref Reader reader) => [.. reader.ReadArrayOfObjectPath().Select(path => path.ToString())];
}

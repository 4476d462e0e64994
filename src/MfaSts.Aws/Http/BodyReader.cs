namespace MfaSts.Aws;

/// <summary>Reads an answer's body whole, and no more than an answer of STS can be.</summary>
internal static class BodyReader
{
    public const int Limit = 1024 * 1024;

    /// <summary>
    /// Gives the content again, read. The SDK parses while it reads and blocks a thread on a slow sender; from memory it cannot, so that
    /// the time limit and cancellation hold for a body that drips in, too.
    /// </summary>
    public static async Task<HttpContent> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using var body = new MemoryStream();
        byte[] buffer = new byte[8192];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            body.Write(buffer, 0, count);
            if (body.Length > Limit)
            {
                throw new UnusableAnswerException("the answer is larger than an answer of STS can be");
            }
        }

        var read = new ByteArrayContent(body.ToArray());
        foreach (var (name, values) in content.Headers)
        {
            read.Headers.TryAddWithoutValidation(name, values);
        }

        return read;
    }
}

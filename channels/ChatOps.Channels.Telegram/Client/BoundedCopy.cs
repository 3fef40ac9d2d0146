namespace ChatOps.Channels.Telegram.Client;

/// <summary>Copies what somebody else sends, counting.</summary>
internal static class BoundedCopy
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Copies all of it, or stops when it is more than so many bytes.</summary>
    /// <returns>Whether it was all.</returns>
    public static async Task<bool> ToAsync(Stream from, Stream into, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[BufferSize];
        for (long total = 0; await from.ReadAsync(buffer, cancellationToken) is > 0 and var read;)
        {
            total += read;
            if (total > maxBytes) return false;
            await into.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return true;
    }
}

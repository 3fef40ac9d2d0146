namespace ChatOps.Mcp.Using;

/// <summary>What a server writes, bounded: a message that is too long, or too much in a short time, ends the connection before it fills the memory.</summary>
/// <param name="inner">From the server.</param>
/// <param name="lines">Whether messages are lines; otherwise all of it is one.</param>
/// <param name="time">The clock.</param>
internal sealed class BoundedStream(Stream inner, bool lines, TimeProvider time) : Stream
{
    private long message;
    private long window;
    private long began = time.GetTimestamp();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Count(buffer.AsSpan(offset, count), inner.Read(buffer, offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        return Count(buffer.Span, read);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Count(ReadOnlySpan<byte> buffer, int read)
    {
        var end = lines ? buffer[..read].LastIndexOf((byte)'\n') : -1;
        message = end < 0 ? message + read : read - end - 1;
        if (time.GetElapsedTime(began) > OutsideBounds.FloodTime) (began, window) = (time.GetTimestamp(), 0);
        window += read;
        if (message > OutsideBounds.MessageBytes) throw new IOException($"It wrote a message of more than {OutsideBounds.MessageBytes / 1024 / 1024} MiB.");
        if (window > OutsideBounds.FloodBytes) throw new IOException($"It wrote more than {OutsideBounds.FloodBytes / 1024 / 1024} MiB within {OutsideBounds.FloodTime.TotalSeconds:0} s.");
        return read;
    }
}

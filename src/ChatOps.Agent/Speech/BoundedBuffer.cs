namespace ChatOps.Agent.Speech;

/// <summary>Memory that takes so many bytes and no more, whatever the writer was told.</summary>
internal sealed class BoundedBuffer(long maxBytes) : MemoryStream
{
    /// <summary>Whether more was written than it takes.</summary>
    public bool Overflowed { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => GetBuffer().AsMemory(0, (int)Length);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        Check(count);
        base.Write(buffer, offset, count);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Check(buffer.Length);
        // The base class hands the span of a derived class to the other overload, which would check again.
        base.Write(buffer);
    }

    /// <inheritdoc/>
    public override void WriteByte(byte value)
    {
        Check(1);
        base.WriteByte(value);
    }

    private void Check(int count)
    {
        if (Position + count <= maxBytes) return;
        Overflowed = true;
        throw new IOException($"More than {maxBytes} bytes came.");
    }
}

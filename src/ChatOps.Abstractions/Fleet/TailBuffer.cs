namespace ChatOps.Fleet;

/// <summary>The last bytes of a stream, in a ring that grows up to its limit.</summary>
internal sealed class TailBuffer(int limit)
{
    private const int FirstSize = 4096;
    private byte[] _ring = [];
    private int _next;

    /// <summary>Bytes held.</summary>
    public int Count { get; private set; }

    /// <summary>Takes bytes, dropping the oldest beyond the limit.</summary>
    /// <param name="bytes">The next bytes.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (limit == 0 || bytes.IsEmpty)
            return;

        if (bytes.Length > limit)
            bytes = bytes[^limit..];
        Grow(Count + bytes.Length);
        var first = Math.Min(bytes.Length, _ring.Length - _next);
        bytes[..first].CopyTo(_ring.AsSpan(_next));
        bytes[first..].CopyTo(_ring);
        _next = (_next + bytes.Length) % _ring.Length;
        Count = Math.Min(Count + bytes.Length, _ring.Length);
    }

    /// <summary>The bytes, oldest first.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Count];
        if (Count == 0)
            return bytes;

        var start = (_next - Count + _ring.Length) % _ring.Length;
        var first = Math.Min(Count, _ring.Length - start);
        _ring.AsSpan(start, first).CopyTo(bytes);
        _ring.AsSpan(0, Count - first).CopyTo(bytes.AsSpan(first));
        return bytes;
    }

    private void Grow(int needed)
    {
        if (needed <= _ring.Length || _ring.Length == limit)
            return;

        var size = Math.Min(limit, Math.Max(Math.Max(needed, FirstSize), _ring.Length * 2));
        var held = ToArray();
        _ring = new byte[size];
        held.CopyTo(_ring, 0);
        Count = held.Length;
        _next = Count % size;
    }
}

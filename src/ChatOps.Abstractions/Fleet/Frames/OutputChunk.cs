using System.Buffers.Binary;
using System.Text;

namespace ChatOps.Fleet.Frames;

/// <summary>
/// A piece of an execution's output, the only binary message: kind (1), length of the id, the id in ASCII, offset (8 bytes, big endian), bytes.
/// </summary>
/// <param name="Id">The execution.</param>
/// <param name="Offset">Where it begins in the whole output.</param>
/// <param name="Bytes">The piece; valid until the next message is read.</param>
public readonly record struct OutputChunk(string Id, long Offset, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Bytes before the piece, for the longest id.</summary>
    public const int MaxHeaderBytes = 2 + MaxIdBytes + sizeof(long);

    private const byte Kind = 1;
    private const int MaxIdBytes = 128;

    /// <summary>Writes the header of a piece.</summary>
    /// <param name="target">At least <see cref="MaxHeaderBytes"/>.</param>
    /// <param name="id">The execution.</param>
    /// <param name="offset">Where the piece begins.</param>
    /// <returns>Length of the header.</returns>
    public static int WriteHeader(Span<byte> target, string id, long offset)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(id.Length, MaxIdBytes, nameof(id));
        target[0] = Kind;
        target[1] = (byte)Encoding.ASCII.GetBytes(id, target[2..]);
        BinaryPrimitives.WriteInt64BigEndian(target[(2 + id.Length)..], offset);
        return 2 + id.Length + sizeof(long);
    }

    /// <summary>Reads a binary message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="chunk">The piece.</param>
    public static bool TryRead(ReadOnlyMemory<byte> message, out OutputChunk chunk)
    {
        chunk = default;
        var span = message.Span;
        if (span.Length < 2 || span[0] != Kind) return false;
        var id = (int)span[1];
        var start = 2 + id + sizeof(long);
        if (id is 0 or > MaxIdBytes || span.Length < start) return false;
        var offset = BinaryPrimitives.ReadInt64BigEndian(span[(2 + id)..]);
        if (offset < 0) return false;
        chunk = new OutputChunk(Encoding.ASCII.GetString(span.Slice(2, id)), offset, message[start..]);
        return true;
    }
}

using System.Buffers;
using System.Text;

namespace ChatOps.Fleet;

/// <summary>What is shown of an output: its head and its tail, cut where no line and so no secret is halved, and how much lies between.</summary>
/// <param name="headBytes">First bytes kept.</param>
/// <param name="tailBytes">Last bytes kept.</param>
public sealed class OutputExcerpt(int headBytes, int tailBytes)
{
    // How far a cut moves to the end of a line, so that it does not halve a secret.
    private const int CutReach = 8192;
    private readonly ArrayBufferWriter<byte> head = new();
    private readonly TailBuffer tail = new(tailBytes);

    /// <summary>All bytes taken.</summary>
    public long Total { get; private set; }

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">As the programs wrote them.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Total += bytes.Length;
        var first = bytes[..(int)Math.Min(headBytes - head.WrittenCount, bytes.Length)];
        head.Write(first);
        tail.Append(bytes[first.Length..]);
    }

    /// <summary>What is kept, as it came. All there is, as long as that is not more than head and tail.</summary>
    public (ReadOnlyMemory<byte> Head, ReadOnlyMemory<byte> Tail) Bytes() => (head.WrittenMemory, tail.ToArray());

    /// <summary>What is shown.</summary>
    /// <param name="omitted">Bytes that are left out; the text says so where they are missing.</param>
    public string Text(out long omitted)
    {
        var begin = head.WrittenSpan;
        ReadOnlySpan<byte> end = tail.ToArray();
        omitted = Total - begin.Length - end.Length;
        if (omitted == 0) return Encoding.UTF8.GetString([.. begin, .. end]);

        begin = begin[..EndOfHead(begin)];
        end = end[StartOfTail(end)..];
        omitted = Total - begin.Length - end.Length;
        return $"{Encoding.UTF8.GetString(begin)}{(begin.EndsWith("\n"u8) || begin.IsEmpty ? "" : "\n")}{OmittedNote.For(omitted)}\n{Encoding.UTF8.GetString(end)}";
    }

    private static int EndOfHead(ReadOnlySpan<byte> head)
    {
        var from = Math.Max(0, head.Length - CutReach);
        var end = head[from..].LastIndexOf((byte)'\n');
        if (end < 0) end = head[from..].LastIndexOf((byte)' ');
        if (end >= 0) return from + end + 1;

        // No border at all: at least no code point is cut.
        end = head.Length;
        while (end > 0 && end > head.Length - 4 && (head[end - 1] & 0xC0) == 0x80) end--;
        return end > 0 && head[end - 1] >= 0xC0 ? end - 1 : head.Length;
    }

    private static int StartOfTail(ReadOnlySpan<byte> tail)
    {
        var reach = tail[..Math.Min(tail.Length, CutReach)];
        var start = reach.IndexOf((byte)'\n');
        if (start < 0) start = reach.IndexOf((byte)' ');
        if (start >= 0) return start + 1;

        start = 0;
        while (start < reach.Length && start < 3 && (reach[start] & 0xC0) == 0x80) start++;
        return start;
    }
}

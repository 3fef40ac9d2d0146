using System.Buffers.Binary;

namespace ChatOps.Channels.Telegram;

/// <summary>How many pixels a picture has, read from its first bytes; nothing is decoded.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
internal readonly record struct PictureSize(int Width, int Height)
{
    // Telegram: "The photo's width and height must not exceed 10000 in total. Width and height ratio must be at most 20."
    private const int MaxSum = 10_000;
    private const int MaxRatio = 20;

    // A photo's comments and profiles stand before its size.
    private const int MaxHead = 256 * 1024;
    private const int PngHead = 24;

    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Whether Telegram shows a picture of this size.</summary>
    public bool CanBePhoto => Width > 0 && Height > 0 && Width + (long)Height <= MaxSum && Math.Max(Width, Height) <= (long)MaxRatio * Math.Min(Width, Height);

    /// <summary>The size of a PNG or JPEG picture; null for anything else. The stream stands at its beginning afterwards.</summary>
    public static async Task<PictureSize?> ReadAsync(Stream content, CancellationToken cancellationToken)
    {
        var head = new byte[(int)Math.Min(content.Length, MaxHead)];
        await content.ReadExactlyAsync(head, cancellationToken);
        content.Position = 0;
        return Of(head);
    }

    /// <summary>The size that the first bytes of a PNG or JPEG file tell; null for anything else.</summary>
    public static PictureSize? Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(PngSignature))
        {
            return head.Length >= PngHead && head[12..16].SequenceEqual("IHDR"u8)
                ? new(BinaryPrimitives.ReadInt32BigEndian(head[16..]), BinaryPrimitives.ReadInt32BigEndian(head[20..]))
                : null;
        }

        return head is [0xFF, 0xD8, ..] ? OfJpeg(head[2..]) : null;
    }

    // A JPEG file is a row of segments: a marker, a length that counts itself, and so many bytes. The frame's segment has the size.
    private static PictureSize? OfJpeg(ReadOnlySpan<byte> rest)
    {
        while (rest.Length >= 9 && rest[0] == 0xFF)
        {
            var marker = rest[1];
            if (marker == 0xFF)
            {
                rest = rest[1..];
                continue;
            }

            if (marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC))
                return new(BinaryPrimitives.ReadUInt16BigEndian(rest[7..]), BinaryPrimitives.ReadUInt16BigEndian(rest[5..]));
            var next = 2 + BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
            if (next < 4 || next > rest.Length) return null;
            rest = rest[next..];
        }

        return null;
    }
}

using System.Buffers.Binary;

namespace ChatOps.Tests.Speech;

/// <summary>Containers that are made by hand: no encoder for them is at hand everywhere.</summary>
internal static class Sounds
{
    public static byte[] WebM { get; } = [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x82, 0x84, .. "webm"u8, 0x18, 0x53, 0x80, 0x67, 0, 0, 0, 0];

    /// <summary>An MP4 whose header tells a duration.</summary>
    public static byte[] Mp4(TimeSpan duration)
    {
        var header = new byte[108];
        BinaryPrimitives.WriteUInt32BigEndian(header, 108);
        "mvhd"u8.CopyTo(header.AsSpan(4));
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(20), 1000);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(24), (uint)duration.TotalMilliseconds);
        return [0, 0, 0, 20, .. "ftypM4A "u8, 0, 0, 0, 0, .. "M4A "u8, 0, 0, 0, 12, .. "free"u8, 1, 2, 3, 4, 0, 0, 0, 116, .. "moov"u8, .. header];
    }
}

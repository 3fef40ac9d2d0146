using System.Buffers.Binary;

namespace ChatOps.Agent.Speech;

/// <summary>Measures how long a sound is, where its container says so itself. What the sender says is not believed.</summary>
internal static class AudioDuration
{
    private const int OpusRate = 48_000;
    private const int MaxBoxes = 64;

    /// <summary>The playing time; null where only a decoder could tell. Never throws.</summary>
    public static TimeSpan? Read(ReadOnlySpan<byte> sound, AudioFormat format)
    {
        var seconds =
            format == AudioFormat.OggOpus || format == AudioFormat.Ogg ? Ogg(sound)
            : format == AudioFormat.Wav ? Wav(sound)
            : format == AudioFormat.Flac ? Flac(sound)
            : format == AudioFormat.Mp4 ? Mp4(sound)
            : format == AudioFormat.Mp3 ? Mp3(sound)
            : null;
        return seconds is >= 0 and < 1e9 ? TimeSpan.FromSeconds(seconds.Value) : null;
    }

    // The last page says how many samples there were up to its end.
    private static double? Ogg(ReadOnlySpan<byte> sound)
    {
        var head = sound[Math.Min(AudioSniffer.FirstPacket(sound), sound.Length)..];
        double rate;
        var skipped = 0;
        if (head.StartsWith("OpusHead"u8) && head.Length >= 12) (rate, skipped) = (OpusRate, BinaryPrimitives.ReadUInt16LittleEndian(head[10..]));
        else if (head.StartsWith("\u0001vorbis"u8)) rate = AudioSniffer.Number(head, 12);
        else return null;
        var last = sound.LastIndexOf("OggS"u8);
        if (rate <= 0 || last < 0 || last + 14 > sound.Length) return null;
        var samples = BinaryPrimitives.ReadInt64LittleEndian(sound[(last + 6)..]);
        return samples < 0 ? null : Math.Max(0, samples - skipped) / rate;
    }

    private static double? Wav(ReadOnlySpan<byte> sound)
    {
        var perSecond = 0u;
        for (var at = 12; at + 8 <= sound.Length;)
        {
            var size = AudioSniffer.Number(sound, at + 4);
            if (sound[at..].StartsWith("fmt "u8)) perSecond = AudioSniffer.Number(sound, at + 16);
            if (sound[at..].StartsWith("data"u8)) return perSecond == 0 ? null : Math.Min(size, sound.Length - at - 8) / (double)perSecond;
            if (size > sound.Length) return null;
            at += 8 + (int)size + (int)(size & 1);
        }

        return null;
    }

    private static double? Flac(ReadOnlySpan<byte> sound)
    {
        const int Info = 8;
        if (sound.Length < Info + 18) return null;
        var packed = BinaryPrimitives.ReadUInt64BigEndian(sound[(Info + 10)..]);
        var rate = packed >> 44;
        var samples = packed & 0xF_FFFF_FFFF;
        return rate == 0 || samples == 0 ? null : samples / (double)rate;
    }

    // moov/mvhd: time scale and duration; everything else is stepped over.
    private static double? Mp4(ReadOnlySpan<byte> sound)
    {
        var rest = Box(sound, "moov"u8);
        var header = Box(rest, "mvhd"u8);
        if (header.Length >= 20 && header[0] == 0) return Quotient(BinaryPrimitives.ReadUInt32BigEndian(header[16..]), BinaryPrimitives.ReadUInt32BigEndian(header[12..]));
        return header.Length >= 32 && header[0] == 1 ? Quotient(BinaryPrimitives.ReadUInt64BigEndian(header[24..]), BinaryPrimitives.ReadUInt32BigEndian(header[20..])) : null;
    }

    private static double? Quotient(double duration, double scale) => scale == 0 ? null : duration / scale;

    private static ReadOnlySpan<byte> Box(ReadOnlySpan<byte> boxes, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < MaxBoxes && boxes.Length >= 8; i++)
        {
            var size = (long)BinaryPrimitives.ReadUInt32BigEndian(boxes);
            if (size == 0) size = boxes.Length;
            var header = 8;
            if (size == 1 && boxes.Length >= 16) (size, header) = (BinaryPrimitives.ReadInt64BigEndian(boxes[8..]), 16);
            if (size < header || size > boxes.Length) return [];
            if (boxes[4..].StartsWith(name)) return boxes[header..(int)size];
            boxes = boxes[(int)size..];
        }

        return [];
    }

    // At a constant rate the size tells; a varying rate makes it an estimate.
    private static double? Mp3(ReadOnlySpan<byte> sound)
    {
        if (sound.StartsWith("ID3"u8) && sound.Length >= 10)
        {
            var size = 10 + ((sound[6] & 0x7F) << 21 | (sound[7] & 0x7F) << 14 | (sound[8] & 0x7F) << 7 | (sound[9] & 0x7F));
            sound = sound[Math.Min(size, sound.Length)..];
        }

        return Mp3Frame.TryRead(sound, out var frame) ? sound.Length * 8.0 / frame.BitsPerSecond : null;
    }
}

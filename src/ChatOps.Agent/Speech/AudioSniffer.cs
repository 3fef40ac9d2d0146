using System.Buffers.Binary;

namespace ChatOps.Agent.Speech;

/// <summary>Tells sound formats by their bytes. Never throws, however broken the bytes are.</summary>
internal static class AudioSniffer
{
    private const int OggHeader = 28;

    /// <summary>The format; null when it is no sound that is known.</summary>
    public static AudioFormat? Read(ReadOnlySpan<byte> sound)
    {
        if (sound.StartsWith("OggS"u8)) return Ogg(sound);
        if (sound.StartsWith("fLaC"u8)) return AudioFormat.Flac;
        if (sound.StartsWith("RIFF"u8)) return sound.Length >= 12 && sound[8..].StartsWith("WAVE"u8) ? AudioFormat.Wav : null;
        if (sound.Length >= 12 && sound[4..].StartsWith("ftyp"u8)) return AudioFormat.Mp4;
        if (sound.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3])) return sound[..Math.Min(sound.Length, 64)].IndexOf("webm"u8) > 0 ? AudioFormat.WebM : null;
        return sound.StartsWith("ID3"u8) || Mp3Frame.TryRead(sound, out _) ? AudioFormat.Mp3 : null;
    }

    // OGG can hold pictures too; the first packet says what it holds.
    private static AudioFormat? Ogg(ReadOnlySpan<byte> sound)
    {
        if (sound.Length < OggHeader || FirstPacket(sound) is not (> 0 and var at) || at >= sound.Length) return null;
        var packet = sound[at..];
        if (packet.StartsWith("OpusHead"u8)) return AudioFormat.OggOpus;
        return packet.StartsWith("\u0001vorbis"u8) || packet.StartsWith("\u007fFLAC"u8) || packet.StartsWith("Speex   "u8) ? AudioFormat.Ogg : null;
    }

    /// <summary>Where the first packet of an OGG page begins.</summary>
    public static int FirstPacket(ReadOnlySpan<byte> page) => page.Length < OggHeader ? 0 : OggHeader - 1 + page[OggHeader - 2];

    /// <summary>A little-endian number, or 0 beyond the end.</summary>
    public static uint Number(ReadOnlySpan<byte> bytes, int at) => at >= 0 && at + 4 <= bytes.Length ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]) : 0;
}

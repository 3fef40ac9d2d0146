using System.Buffers.Binary;

namespace ChatOps.Testing.Speech;

/// <summary>Checks that a file is what its name says, as a service does that decodes it.</summary>
public static class SoundCheck
{
    private static readonly Dictionary<string, string> MediaTypes = new()
    {
        ["ogg"] = "audio/ogg", ["mp3"] = "audio/mpeg", ["m4a"] = "audio/mp4", ["wav"] = "audio/wav", ["webm"] = "audio/webm", ["flac"] = "audio/flac",
    };

    /// <summary>What is wrong; null when nothing is.</summary>
    public static string? Problem(string fileName, string mediaType, ReadOnlySpan<byte> file)
    {
        var extension = Path.GetExtension(fileName).TrimStart('.');
        if (!MediaTypes.TryGetValue(extension, out var expected)) return $"Unrecognized file format '{extension}'.";
        if (mediaType != expected) return $"A .{extension} file is {expected}, not '{mediaType}'.";
        if (file.IsEmpty) return "Audio file is empty.";
        return extension switch
        {
            "ogg" => Ogg(file),
            "mp3" => file.StartsWith("ID3"u8) || file is [0xFF, var b, ..] && (b & 0xE6) == 0xE2 ? null : "Not MP3.",
            "m4a" => file.Length > 12 && file[4..].StartsWith("ftyp"u8) ? null : "Not MP4.",
            "wav" => file.StartsWith("RIFF"u8) && file[8..].StartsWith("WAVE"u8) ? null : "Not WAV.",
            "webm" => file.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]) ? null : "Not WebM.",
            _ => file.StartsWith("fLaC"u8) ? null : "Not FLAC.",
        };
    }

    // Every page with its checksum, the first one marked as first, the last one as last, and Opus within.
    private static string? Ogg(ReadOnlySpan<byte> file)
    {
        var pages = 0;
        var last = false;
        for (var at = 0; at < file.Length; pages++)
        {
            var page = file[at..];
            if (page.Length < 27 || !page.StartsWith("OggS"u8) || page[4] != 0) return $"Broken OGG page {pages}.";
            var segments = page[26];
            if (page.Length < 27 + segments) return "Cut OGG page.";
            var size = 27 + segments;
            foreach (var segment in page.Slice(27, segments)) size += segment;
            if (page.Length < size) return "Cut OGG page.";
            if (pages == 0 && ((page[5] & 2) == 0 || !page[(27 + segments)..].StartsWith("OpusHead"u8))) return "The stream does not begin with OpusHead.";
            if (Checksum(page[..size]) != BinaryPrimitives.ReadUInt32LittleEndian(page[22..])) return $"Wrong checksum in OGG page {pages}.";
            last = (page[5] & 4) != 0;
            at += size;
        }

        return last ? null : "The OGG stream has no end.";
    }

    private static uint Checksum(ReadOnlySpan<byte> page)
    {
        const uint Polynomial = 0x04C11DB7;
        var sum = 0u;
        for (var i = 0; i < page.Length; i++)
        {
            sum ^= (uint)(i is >= 22 and < 26 ? 0 : page[i]) << 24;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 0x8000_0000) != 0 ? (sum << 1) ^ Polynomial : sum << 1;
        }

        return sum;
    }
}

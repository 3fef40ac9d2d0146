namespace ChatOps.Agent.Speech;

/// <summary>The header of an MPEG Layer III frame.</summary>
/// <param name="BitsPerSecond">Its bit rate.</param>
internal readonly record struct Mp3Frame(int BitsPerSecond)
{
    private static readonly int[] Version1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Version2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];

    /// <summary>Reads the frame that the bytes begin with.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Mp3Frame frame)
    {
        frame = default;
        if (bytes.Length < 4 || bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0) return false;
        var version = (bytes[1] >> 3) & 3;
        var layer = (bytes[1] >> 1) & 3;
        var rate = bytes[2] >> 4;
        if (version == 1 || layer != 1 || rate is 0 or 15 || ((bytes[2] >> 2) & 3) == 3) return false;
        frame = new Mp3Frame((version == 3 ? Version1 : Version2)[rate] * 1000);
        return true;
    }
}

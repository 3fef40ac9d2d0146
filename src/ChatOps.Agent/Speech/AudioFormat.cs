namespace ChatOps.Agent.Speech;

/// <summary>What a sound really is, told by its first bytes and never by its name or by what the sender says.</summary>
/// <param name="Name">For people: <c>OGG/Opus</c>.</param>
/// <param name="Extension">What a transcription service tells formats by.</param>
/// <param name="MediaType">The matching media type.</param>
internal sealed record AudioFormat(string Name, string Extension, string MediaType)
{
    /// <summary>OGG with Opus: voice notes of Telegram and Discord.</summary>
    public static readonly AudioFormat OggOpus = new("OGG/Opus", "ogg", "audio/ogg");

    /// <summary>OGG with another kind of sound.</summary>
    public static readonly AudioFormat Ogg = new("OGG", "ogg", "audio/ogg");

    /// <summary>MP3.</summary>
    public static readonly AudioFormat Mp3 = new("MP3", "mp3", "audio/mpeg");

    /// <summary>MP4 and M4A: clips of Slack and of telephones.</summary>
    public static readonly AudioFormat Mp4 = new("M4A/MP4", "m4a", "audio/mp4");

    /// <summary>WAV.</summary>
    public static readonly AudioFormat Wav = new("WAV", "wav", "audio/wav");

    /// <summary>WebM: what browsers record.</summary>
    public static readonly AudioFormat WebM = new("WebM", "webm", "audio/webm");

    /// <summary>FLAC.</summary>
    public static readonly AudioFormat Flac = new("FLAC", "flac", "audio/flac");

    /// <summary>The names of all formats that are taken, for messages.</summary>
    public const string Known = "OGG/Opus, MP3, M4A/MP4, WAV, WebM or FLAC";

    /// <summary>The file name that goes with it to the service.</summary>
    public string FileName => "voice." + Extension;
}

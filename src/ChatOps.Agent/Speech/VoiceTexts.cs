using System.Globalization;
using ChatOps.Messages;

namespace ChatOps.Agent.Speech;

/// <summary>What is said about voice notes.</summary>
internal static class VoiceTexts
{
    /// <summary>How much of what was heard is shown.</summary>
    private const int MaxShown = 1000;

    /// <summary>While listening.</summary>
    public const string Listening = "Listening to the voice note…";

    /// <summary>Nobody transcribes.</summary>
    public static RichMessage NotConfigured { get; } = Refused(
        "I cannot listen to voice notes yet: no transcription service is set up, so please type it. An admin sets Speech:Provider (OpenAI, Groq, Azure, or Local with Speech:BaseUrl for a server of one's own) and Speech:ApiKey in the configuration.");

    /// <summary>More than one sound.</summary>
    public static RichMessage Several { get; } = Refused("I listen to one voice note at a time, and this message brought several. Please send them one by one.");

    /// <summary>0 bytes.</summary>
    public static RichMessage Empty { get; } = Refused("The voice note is empty (0 bytes). Please record it again.");

    /// <summary>Another kind of file.</summary>
    public static RichMessage NotSound { get; } = Refused($"This file is no sound that I can listen to, whatever it is called. I take {AudioFormat.Known}.");

    /// <summary>Nobody spoke.</summary>
    public static RichMessage Silence { get; } = Refused("I heard no speech in the voice note. Please record it again, or type it.");

    /// <summary>Too many bytes.</summary>
    public static RichMessage TooLarge(int maxBytes) => Refused($"The voice note is too large: I take up to {Size(maxBytes)}. Please send a shorter one, or type it.");

    /// <summary>Too long.</summary>
    public static RichMessage TooLong(TimeSpan duration, int seconds) =>
        Refused($"The voice note is too long ({Time(duration)}): I listen to up to {Time(TimeSpan.FromSeconds(seconds))}. Please send a shorter one, or type it.");

    /// <summary>The platform has it no more.</summary>
    public static RichMessage Gone(string? reason) => Failed($"The voice note is not there any more: its link has expired or it was deleted.{Sentence(reason)} Please send it again.");

    /// <summary>It could not be fetched now.</summary>
    public static RichMessage NotFetched(string channel, string? reason) => Failed($"I could not fetch the voice note from {channel}.{Sentence(reason)} Please send it again, or type it.");

    /// <summary>The service failed.</summary>
    public static RichMessage ServiceFailed(string reason) => Failed($"I could not listen to the voice note. {reason} Please type it, or send it again later.");

    /// <summary>Heard, but not surely enough.</summary>
    public static RichMessage Unsure(string heard, double confidence, int least) => new(
    [
        new TextBlock(PlainText.Escape($"I am not sure what I heard ({Percent(confidence)}, and I need {least} %), so I do nothing. Please say it again more clearly, or type it."), Tone.Refused),
        new TextBlock($"I think I heard: {Quote(heard)}"),
    ]);

    /// <summary>Heard in a language that is not spoken here.</summary>
    public static RichMessage OtherLanguage(string heard, string language, IReadOnlyList<string> spoken) => new(
    [
        new TextBlock(PlainText.Escape(
            $"That sounded like {LanguageNames.NameOf(language)}, and I listen to {string.Join(" or ", spoken.Select(LanguageNames.NameOf))} here (Speech:Languages), so I do nothing."), Tone.Refused),
        new TextBlock($"I think I heard: {Quote(heard)}"),
    ]);

    /// <summary>Shows what was written beside it, what was heard, and the command that it means.</summary>
    public static RichMessage Heard(string written, string heard, string? command)
    {
        var blocks = new List<Block>();
        if (written.Length > 0) blocks.Add(new TextBlock($"You wrote: {Quote(written)}"));
        blocks.Add(new TextBlock($"I heard: {Quote(heard)}"));
        if (command is not null) blocks.Add(new TextBlock($"That is: `{command}`"));
        return new RichMessage(blocks);
    }

    /// <summary>Why a spoken yes is none.</summary>
    public static RichMessage DecidesNothing { get; } = Refused(
        "A voice note decides nothing: words can be misheard, or be somebody else's in the room. Press the button on the card, or type /approve ID or /deny ID; /approvals lists what waits.");

    /// <summary>Why a spoken stop is none.</summary>
    public static RichMessage StopsNothing { get; } = Refused(
        "A voice note waits its turn behind what runs, so it cannot stop it. Type /stop: it goes first.");

    /// <summary>What the card says about where the command came from.</summary>
    public static string Why(string heard) => $"From a voice note: “{Short(heard)}”";

    private static RichMessage Refused(string text) => new([new TextBlock(PlainText.Escape(text), Tone.Refused)]);

    private static RichMessage Failed(string text) => new([new TextBlock(PlainText.Escape(text), Tone.Failed)]);

    private static string Quote(string text) => $"“{PlainText.Escape(Short(text))}”";

    private static string Short(string text)
    {
        var line = text.ReplaceLineEndings(" ").Trim();
        if (line.Length <= MaxShown) return line;
        return line[..(char.IsHighSurrogate(line[MaxShown - 1]) ? MaxShown - 1 : MaxShown)] + "…";
    }

    private static string Sentence(string? reason) => string.IsNullOrWhiteSpace(reason) ? "" : " " + reason.Trim().TrimEnd('.') + ".";

    private static string Size(int bytes) =>
        bytes >= 1024 * 1024 ? (bytes / 1048576.0).ToString("0.#", CultureInfo.InvariantCulture) + " MB" : (bytes / 1024.0).ToString("0.#", CultureInfo.InvariantCulture) + " KB";

    private static string Percent(double share) => (share * 100).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static string Time(TimeSpan time) => time.TotalHours >= 1 ? $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00} hours"
        : time.TotalMinutes >= 1 ? $"{time.Minutes}:{time.Seconds:00} minutes"
        : $"{Math.Max(1, (int)time.TotalSeconds)} seconds";
}

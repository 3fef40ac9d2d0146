using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Secrets;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Speech;

/// <summary>
/// Listens to voice notes: fetched through their channel, bounded, told by their bytes, transcribed. Everything that can be wrong with one is an answer of its own,
/// and what is not surely understood is not acted on.
/// </summary>
internal sealed class VoiceNotes(SpeechOptions options, IEnumerable<IChannel> channels, ISpeechToTextClient client, IRedactor redactor) : IDisposable
{
    /// <summary>Longest transcript that is kept, in UTF-16 code units; what follows is cut.</summary>
    public const int MaxTranscript = 8000;

    /// <summary>From here on a service's own guess says that nobody spoke; models invent words for silence.</summary>
    public const double SilenceFrom = 0.6;

    private readonly SemaphoreSlim places = new(options.MaxParallel);

    /// <summary>The sounds of a message.</summary>
    public static IReadOnlyList<InboundFile> In(InboundContext context) => [.. context.Files.Where(f => f.Kind is InboundFileKind.Voice or InboundFileKind.Audio)];

    /// <summary>Listens.</summary>
    /// <param name="channel">The channel that has the file.</param>
    /// <param name="sounds">The sounds of the message.</param>
    /// <param name="cancellationToken">Cancelled by <c>/stop</c> and at shutdown.</param>
    public async Task<VoiceNote> ListenAsync(string channel, IReadOnlyList<InboundFile> sounds, CancellationToken cancellationToken)
    {
        if (!options.IsConfigured) return VoiceNote.Not("voice not configured", VoiceTexts.NotConfigured);
        if (sounds is not [var file]) return VoiceNote.Not("several voice notes", VoiceTexts.Several);
        if (Claimed(file) is { } refusal) return refusal;

        // Each note is held in memory while it is transcribed; so many and no more.
        await places.WaitAsync(cancellationToken);
        try
        {
            using var sound = new BoundedBuffer(options.MaxBytes);
            return await FetchAsync(channel, file, sound, cancellationToken) ?? Measured(sound.Written.Span) ?? Judge(await TranscribeAsync(sound, cancellationToken));
        }
        catch (SpeechException e)
        {
            return e.Failure == SpeechFailure.NotSound ? VoiceNote.Not("no sound", VoiceTexts.NotSound) : VoiceNote.Not($"not transcribed: {e.Failure}", VoiceTexts.ServiceFailed(e.Message));
        }
        finally
        {
            places.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => places.Dispose();

    // What the sender says is believed only where it is against them: it saves fetching what would be refused.
    private VoiceNote? Claimed(InboundFile file) =>
        file.Bytes == 0 ? VoiceNote.Not("empty", VoiceTexts.Empty)
        : file.Bytes > options.MaxBytes ? TooLarge()
        : file.Duration is { } duration ? TooLong(duration)
        : null;

    private async Task<VoiceNote?> FetchAsync(string channel, InboundFile file, BoundedBuffer sound, CancellationToken cancellationToken)
    {
        if (channels.FirstOrDefault(c => c.Name == channel) is not { } adapter)
            return VoiceNote.Not("not fetched", VoiceTexts.NotFetched(channel, "The channel does not run in this gateway"));
        FileFetch fetch;
        try
        {
            fetch = await adapter.FetchFileAsync(file, sound, options.MaxBytes, cancellationToken);
        }
        catch (IOException) when (sound.Overflowed)
        {
            return TooLarge();
        }

        return fetch.Status switch
        {
            FileFetchStatus.Fetched => null,
            FileFetchStatus.TooLarge => TooLarge(),
            FileFetchStatus.Gone => VoiceNote.Not("gone", VoiceTexts.Gone(fetch.Reason)),
            _ => VoiceNote.Not("not fetched", VoiceTexts.NotFetched(channel, fetch.Reason)),
        };
    }

    private VoiceNote? Measured(ReadOnlySpan<byte> sound)
    {
        if (sound.IsEmpty) return VoiceNote.Not("empty", VoiceTexts.Empty);
        if (AudioSniffer.Read(sound) is not { } format) return VoiceNote.Not("no sound", VoiceTexts.NotSound);
        return AudioDuration.Read(sound, format) is { } duration ? TooLong(duration) : null;
    }

    private async Task<Transcript> TranscribeAsync(BoundedBuffer sound, CancellationToken cancellationToken)
    {
        sound.Position = 0;
        var response = await client.GetTextAsync(sound, null, cancellationToken);
        return response.RawRepresentation as Transcript ?? new Transcript(response.Text);
    }

    private VoiceNote Judge(Transcript raw)
    {
        var text = redactor.Redact(redactor.Neutralise(raw.Text)).Trim();
        if (text.Length > MaxTranscript) text = text[..MaxTranscript];
        var heard = raw with { Text = text };
        if (heard.Duration is { } duration && TooLong(duration) is { } tooLong) return tooLong;
        if (!text.Any(char.IsLetterOrDigit) || heard.NoSpeech >= SilenceFrom) return VoiceNote.Not("silence", VoiceTexts.Silence);
        if (options.Languages.Count > 0 && heard.Language is { } language && !options.Languages.Contains(language))
            return VoiceNote.Not("another language", VoiceTexts.OtherLanguage(text, language, options.Languages));
        return heard.Confidence * 100 < options.MinConfidence
            ? VoiceNote.Not("unsure", VoiceTexts.Unsure(text, heard.Confidence!.Value, options.MinConfidence))
            : VoiceNote.Of(heard);
    }

    private VoiceNote TooLarge() => VoiceNote.Not("too large", VoiceTexts.TooLarge(options.MaxBytes));

    private VoiceNote? TooLong(TimeSpan duration) =>
        duration.TotalSeconds > options.MaxSeconds ? VoiceNote.Not("too long", VoiceTexts.TooLong(duration, options.MaxSeconds)) : null;
}

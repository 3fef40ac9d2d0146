using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;

namespace ChatOps.Channels.Telegram;

/// <summary>The files of a message. Everything but the reference is what the sender claims. Pure.</summary>
internal static class TelegramInboundFiles
{
    private const int MaxName = 120;
    private const int MaxDuration = 7 * 24 * 3600;

    /// <summary>At most one: Telegram sends an album as one message a picture.</summary>
    public static IReadOnlyList<InboundFile> Of(TgMessage message)
    {
        var file = message switch
        {
            { Voice: { } voice } => Read(InboundFileKind.Voice, voice, "voice.ogg", "audio/ogg"),
            { Audio: { } audio } => Read(InboundFileKind.Audio, audio, audio.Title is { Length: > 0 } title ? title : "audio", null),
            { Photo: { Count: > 0 } sizes } => Read(InboundFileKind.Image, sizes[^1], "photo.jpg", "image/jpeg"),
            { Document: { } document } => Read(IsImage(document) ? InboundFileKind.Image : InboundFileKind.Document, document, "file", null),
            { Video: { } video } => Read(InboundFileKind.Document, video, "video.mp4", "video/mp4"),
            { VideoNote: { } note } => Read(InboundFileKind.Document, note, "video.mp4", "video/mp4"),
            _ => null,
        };
        return file is null ? [] : [file];
    }

    private static bool IsImage(TgFileInfo file) => file.MimeType?.StartsWith("image/", StringComparison.Ordinal) == true;

    private static InboundFile? Read(InboundFileKind kind, TgFileInfo? file, string fallbackName, string? fallbackType) =>
        file?.FileId is { Length: > 0 and <= InboundContext.MaxTextLength } id
            ? new InboundFile(
                kind, id, Name(file.FileName, fallbackName), Bounded(file.MimeType) ?? fallbackType, file.FileSize is >= 0 ? file.FileSize : null,
                file.Duration is >= 0 and <= MaxDuration ? TimeSpan.FromSeconds(file.Duration.Value) : null)
            : null;

    private static string Name(string? claimed, string fallback)
    {
        var name = claimed?.Split('/', '\\')[^1].Trim();
        if (name is not { Length: > 0 } || name is "." or "..") name = fallback;
        return name.Length <= MaxName ? name : name[..MaxName];
    }

    private static string? Bounded(string? type) => type is { Length: > 0 and <= MaxName } ? type : null;
}

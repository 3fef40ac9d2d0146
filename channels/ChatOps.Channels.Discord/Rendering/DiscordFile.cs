namespace ChatOps.Channels.Discord;

/// <summary>A file that goes with a message.</summary>
/// <param name="Name">Its name, safe for headers and for <c>attachment://</c>.</param>
/// <param name="FileId">The kept file; null when <paramref name="Text"/> is its content.</param>
/// <param name="Text">Its content; null when it is a kept file.</param>
/// <param name="Bytes">Its size.</param>
internal sealed record DiscordFile(string Name, string? FileId, string? Text, long Bytes)
{
    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".gif", ".webp"];

    /// <summary>Whether Discord's clients show it as a picture.</summary>
    public bool IsPicture => FileId is not null && Pictures.Any(p => Name.EndsWith(p, StringComparison.OrdinalIgnoreCase));
}

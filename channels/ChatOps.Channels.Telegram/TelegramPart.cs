using ChatOps.Channels.Telegram.Client;

namespace ChatOps.Channels.Telegram;

/// <summary>One of Telegram's messages that make up one of ours.</summary>
internal abstract record TelegramPart
{
    /// <summary>A text.</summary>
    /// <param name="Html">In Telegram's HTML.</param>
    /// <param name="Keyboard">Its buttons.</param>
    internal sealed record Words(string Html, TgMarkup? Keyboard) : TelegramPart;

    /// <summary>A file.</summary>
    /// <param name="Name">For people.</param>
    /// <param name="FileId">Kept by the gateway; or null, and then <paramref name="Text"/> is its content.</param>
    /// <param name="Text">The content.</param>
    /// <param name="Caption">Under it, in Telegram's HTML.</param>
    internal sealed record Attachment(string Name, string? FileId, string? Text, string? Caption) : TelegramPart
    {
        /// <summary>Tells one content from another.</summary>
        public string Fingerprint => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(FileId ?? Text ?? "")))[..FingerprintLength];
    }

    private const int FingerprintLength = 8;
}

namespace ChatOps.Channels.Telegram.Client;

/// <summary>Whether links are previewed.</summary>
internal sealed record TgLinkPreview
{
    /// <summary>No preview: it would fetch the address without a click.</summary>
    public bool IsDisabled { get; init; }
}

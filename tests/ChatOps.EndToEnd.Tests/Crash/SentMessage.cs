namespace ChatOps.EndToEnd.Crash;

/// <summary>A message that the client sends until it is accepted.</summary>
internal sealed class SentMessage(string clientId, SentKind kind, string subject, string text)
{
    public string ClientId { get; } = clientId;

    public SentKind Kind { get; } = kind;

    /// <summary>The effect's name, or the approval's id.</summary>
    public string Subject { get; } = subject;

    public string Text { get; } = text;

    /// <summary>Once the gateway has answered.</summary>
    public string? InboxId { get; set; }
}

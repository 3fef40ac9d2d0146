namespace ChatOps.EndToEnd.Crashes;

/// <summary>A message that the client sends until it is told that it was taken.</summary>
/// <param name="ClientId">The same at every try.</param>
/// <param name="Conversation">Where.</param>
/// <param name="Kind">What it asks for.</param>
/// <param name="Text">What it says.</param>
internal sealed record Said(string ClientId, string Conversation, SaidKind Kind, string Text)
{
    /// <summary>Its id in the inbox, once the gateway has said that it is taken.</summary>
    public string? InboxId { get; set; }
}

namespace ChatOps.Storage;

/// <summary>A conversation.</summary>
/// <param name="Id">The conversation key's id.</param>
/// <param name="Owner">For private conversations (the web console): the principal who started it; null elsewhere.</param>
/// <param name="Title">For lists.</param>
/// <param name="CreatedAt">When first seen.</param>
/// <param name="LastActivityAt">When something last came in or went out.</param>
public sealed record Conversation(string Id, string? Owner, string Title, DateTimeOffset CreatedAt, DateTimeOffset LastActivityAt)
{
    /// <summary>Where its memory begins: the inbox id of the newest <c>/new</c>; null when everything counts.</summary>
    public string? MemoryFrom { get; init; }
}

namespace ChatOps.Console.Chat;

/// <summary>A new title for a conversation.</summary>
internal sealed record RenamePost(string? Title);

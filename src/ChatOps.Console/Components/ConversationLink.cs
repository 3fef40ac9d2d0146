namespace ChatOps.Console.Components;

/// <summary>A conversation in the list.</summary>
/// <param name="Slug">The part of its id in addresses.</param>
/// <param name="Title">Its title.</param>
/// <param name="LastActivityAt">When something last happened in it.</param>
public sealed record ConversationLink(string Slug, string Title, DateTimeOffset LastActivityAt);

using ChatOps.Storage;

namespace ChatOps.Console.Chat;

/// <summary>A conversation as its page shows it.</summary>
/// <param name="Slug">Its part of the address.</param>
/// <param name="Title">Its title.</param>
/// <param name="Started">Whether it has begun; a new one is stored with its first message.</param>
/// <param name="Entries">The newest entries, oldest first.</param>
/// <param name="HasEarlier">Whether there are older ones.</param>
public sealed record ChatView(string Slug, string Title, bool Started, IReadOnlyList<TimelineEntry> Entries, bool HasEarlier);

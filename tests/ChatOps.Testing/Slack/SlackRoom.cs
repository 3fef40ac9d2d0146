namespace ChatOps.Testing.Slack;

/// <summary>A channel or a direct conversation.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsDirect">Whether it is one person's with the bot.</param>
/// <param name="Members">Who is in it.</param>
/// <param name="IsArchived">Whether nothing can be posted any more.</param>
public sealed record SlackRoom(string Id, string Name, bool IsDirect, IReadOnlyList<string> Members, bool IsArchived = false);

namespace ChatOps.Console.Schedules;

/// <summary>Somebody adds a schedule.</summary>
internal sealed record AddPost(string? When, string? Work, string? Name, string? To, string? Tz);

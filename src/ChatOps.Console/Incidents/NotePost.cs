namespace ChatOps.Console.Incidents;

/// <summary>Somebody marks something for an incident.</summary>
internal sealed record NotePost(string? Text);

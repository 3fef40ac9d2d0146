namespace ChatOps.Console.Incidents;

/// <summary>Somebody says that an incident is over, and what it was.</summary>
internal sealed record ResolvePost(string? Note);

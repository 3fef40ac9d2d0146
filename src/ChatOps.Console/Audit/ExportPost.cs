namespace ChatOps.Console.Audit;

/// <summary>An export that somebody asks for.</summary>
internal sealed record ExportPost(string? Since, string? Format);

namespace ChatOps.Mcp.Using;

/// <summary>A definition that may be used.</summary>
/// <param name="Hash">Of name and definition.</param>
/// <param name="By">Who accepted it; the first connection itself, where the scan found nothing.</param>
/// <param name="At">When.</param>
internal sealed record ToolPin(string Hash, string By, DateTimeOffset At);

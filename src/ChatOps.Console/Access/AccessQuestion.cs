namespace ChatOps.Console.Access;

/// <summary>"Can this person use this tool on these nodes?"</summary>
/// <param name="Person">Who.</param>
/// <param name="Tool">Which tool.</param>
/// <param name="On">Selector; null for the gateway itself.</param>
public sealed record AccessQuestion(string? Person, string? Tool, string? On);

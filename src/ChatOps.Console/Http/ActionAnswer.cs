namespace ChatOps.Console.Http;

/// <summary>What the console's script is told after a change.</summary>
/// <param name="Ok">Whether it was done (or waits as asked).</param>
/// <param name="Message">One sentence for the person.</param>
/// <param name="Href">Where to go now; null to stay.</param>
internal sealed record ActionAnswer(bool Ok, string Message, string? Href = null);

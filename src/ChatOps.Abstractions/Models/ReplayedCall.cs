namespace ChatOps.Models;

/// <summary>A call of a model, and what the gate says of it.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="ArgumentsJson">Its arguments, with their names in order.</param>
/// <param name="Verdict">What the gate does with it.</param>
/// <param name="Why">The rule or the reason.</param>
/// <param name="Recorded">Whether a recorded result was given back for it.</param>
public sealed record ReplayedCall(string Tool, string ArgumentsJson, ReplayVerdict Verdict, string Why, bool Recorded);

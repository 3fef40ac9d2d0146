namespace ChatOps.Tools;

/// <summary>What a command line means.</summary>
/// <param name="Tool">The tool; null when it was not understood.</param>
/// <param name="Arguments">Its arguments as given.</param>
/// <param name="Error">What is wrong, for people; null when it was understood.</param>
public sealed record CommandReading(ToolManifest? Tool, IReadOnlyDictionary<string, string> Arguments, string? Error);

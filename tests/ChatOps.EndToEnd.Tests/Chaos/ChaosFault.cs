namespace ChatOps.EndToEnd.Chaos;

/// <summary>Something that goes wrong, and is right again when it ends.</summary>
/// <param name="Kind">What, as the table says it.</param>
/// <param name="StrikeAsync">Does it and mends it.</param>
internal sealed record ChaosFault(string Kind, Func<Task> StrikeAsync);

namespace ChatOps.Limits;

/// <summary>Something that came over a limit.</summary>
/// <param name="TryAgain">When the next one is taken again.</param>
/// <param name="PerMinute">The limit that it came over.</param>
/// <param name="OfEverybody">Whether it is the one of all people together.</param>
/// <param name="Tell">Whether it is the person's first in a pause.</param>
public sealed record OverLimit(TimeSpan TryAgain, int PerMinute, bool OfEverybody, bool Tell);

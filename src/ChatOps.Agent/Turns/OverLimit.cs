namespace ChatOps.Agent.Turns;

/// <summary>A message that came over a limit.</summary>
/// <param name="TryAgain">When the next one is answered again.</param>
/// <param name="PerMinute">The limit that it came over.</param>
/// <param name="OfEverybody">Whether it is the one of all people together.</param>
/// <param name="Tell">Whether the person is to be told: the first time in a pause.</param>
internal sealed record OverLimit(TimeSpan TryAgain, int PerMinute, bool OfEverybody, bool Tell);

namespace ChatOps.EndToEnd.Crashes;

/// <summary>A kill that happened.</summary>
/// <param name="Point">Where.</param>
/// <param name="Occurrence">The how-manieth passing of that point in that life.</param>
/// <param name="Life">The how-manieth life of the gateway.</param>
/// <param name="At">When the process was seen dead.</param>
internal sealed record Death(string Point, int Occurrence, int Life, DateTimeOffset At);

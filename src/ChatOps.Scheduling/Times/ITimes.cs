namespace ChatOps.Scheduling.Times;

/// <summary>The times of a schedule.</summary>
internal interface ITimes
{
    /// <summary>The first time after another; null when there is none any more.</summary>
    DateTimeOffset? Next(DateTimeOffset after);
}

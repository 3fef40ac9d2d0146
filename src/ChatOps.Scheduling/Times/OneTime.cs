namespace ChatOps.Scheduling.Times;

/// <summary>One time.</summary>
internal sealed class OneTime(DateTimeOffset at) : ITimes
{
    public DateTimeOffset? Next(DateTimeOffset after) => at > after ? at : null;
}

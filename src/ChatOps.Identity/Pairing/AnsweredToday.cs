namespace ChatOps.Identity.Pairing;

/// <summary>Remembers which strangers were answered today, so that nobody can make the gateway talk on and on. Kept in memory: a restart may answer once more.</summary>
internal sealed class AnsweredToday(TimeProvider time)
{
    /// <summary>How many strangers are answered a day; more are ignored.</summary>
    private const int MaxAnswered = 10_000;

    private readonly Lock gate = new();
    private readonly HashSet<string> answered = new(StringComparer.Ordinal);
    private DateOnly day;

    /// <summary>Whether this stranger is to be answered now; true once a day.</summary>
    public bool IsFirstToday(Actor actor)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        lock (gate)
        {
            if (today != day)
            {
                answered.Clear();
                day = today;
            }
            return answered.Count < MaxAnswered && answered.Add(actor.Key);
        }
    }
}

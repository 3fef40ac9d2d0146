using System.Diagnostics.Metrics;

namespace ChatOps.Limits;

/// <summary>
/// How many of something a minute this gateway takes: of one person, whatever identities they use, and of everybody. Kept in memory, because it must cost nothing: each gateway of several
/// counts for itself, and a restart begins anew.
/// </summary>
/// <param name="perMinute">Of one person.</param>
/// <param name="inAll">Of everybody.</param>
/// <param name="time">The clock.</param>
/// <param name="refused">Counts what came over a limit, by whose: person or all.</param>
public sealed class PersonalLimits(int perMinute, int inAll, TimeProvider time, Counter<long> refused)
{
    /// <summary>How many people are kept before those who were quiet for a minute are forgotten.</summary>
    public const int MaxKept = 1_000;

    /// <summary>What a limit can be set to.</summary>
    public static readonly (int Min, int Max) Range = (1, 1_000_000);

    private readonly Lock gate = new();
    private readonly Allowance everybody = new(inAll, time);
    private readonly Dictionary<string, Sender> people = new(StringComparer.Ordinal);

    /// <summary>How many people are kept now.</summary>
    public int Kept
    {
        get
        {
            lock (gate) return people.Count;
        }
    }

    /// <summary>Takes one into account.</summary>
    /// <param name="person">The principal's id.</param>
    /// <returns>Null when there is room for it.</returns>
    public OverLimit? Note(string person)
    {
        lock (gate)
        {
            Forget();
            if (!people.TryGetValue(person, out var sender)) people.Add(person, sender = new Sender(new Allowance(perMinute, time)));
            // One's own limit comes first: whoever sends too much takes nothing from the others.
            var own = sender.Own.Wait();
            if ((own ?? everybody.Wait()) is not { } wait)
            {
                sender.Own.Take();
                everybody.Take();
                return null;
            }

            refused.Add(1, new KeyValuePair<string, object?>("limit", own is null ? "all" : "person"));
            var tell = sender.ToldAt is not { } at || time.GetElapsedTime(at) >= sender.ToldFor;
            if (tell) (sender.ToldAt, sender.ToldFor) = (time.GetTimestamp(), wait);
            return new OverLimit(wait, own is null ? inAll : perMinute, own is null, tell);
        }
    }

    // Looked through at the bound alone, so that it costs nothing before. People are those of access.yaml: there is an end to them in any case.
    private void Forget()
    {
        if (people.Count < MaxKept) return;
        foreach (var id in people.Where(p => p.Value.Own.IsFull).Select(p => p.Key).ToList()) people.Remove(id);
    }

    private sealed class Sender(Allowance own)
    {
        public Allowance Own { get; } = own;

        public long? ToldAt { get; set; }

        public TimeSpan ToldFor { get; set; }
    }
}

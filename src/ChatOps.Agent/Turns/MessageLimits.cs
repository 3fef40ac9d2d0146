using System.Diagnostics.Metrics;

namespace ChatOps.Agent.Turns;

/// <summary>
/// How many messages a minute this gateway answers: of one person, whatever identities they use, and of everybody. Kept in memory, because it must cost nothing: each gateway of several
/// counts for itself, and a restart begins anew.
/// </summary>
internal sealed class MessageLimits
{
    /// <summary>How many people are kept before those who were quiet for a minute are forgotten.</summary>
    internal const int MaxKept = 1_000;

    private readonly AgentOptions options;
    private readonly TimeProvider time;
    private readonly Counter<long> refused;
    private readonly Lock gate = new();
    private readonly Allowance everybody;
    private readonly Dictionary<string, Sender> people = new(StringComparer.Ordinal);

    public MessageLimits(AgentOptions options, TimeProvider time, IMeterFactory meters)
    {
        (this.options, this.time) = (options, time);
        everybody = new Allowance(options.MessagesPerMinuteInAll, time);
        refused = meters.Create("ChatOps").CreateCounter<long>("chatops.messages.limited", "{message}", "Messages that were not answered because they came over a limit, by whose: person or all.");
    }

    /// <summary>How many people are kept now.</summary>
    internal int Kept
    {
        get
        {
            lock (gate) return people.Count;
        }
    }

    /// <summary>Takes a message into account.</summary>
    /// <param name="person">The principal's id.</param>
    /// <returns>Null when it is to be answered.</returns>
    public OverLimit? Note(string person)
    {
        lock (gate)
        {
            Forget();
            if (!people.TryGetValue(person, out var sender)) people.Add(person, sender = new Sender(new Allowance(options.MessagesPerMinute, time)));
            // One's own limit comes first: whoever writes too much takes nothing from the others.
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
            return new OverLimit(wait, own is null ? options.MessagesPerMinuteInAll : options.MessagesPerMinute, own is null, tell);
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

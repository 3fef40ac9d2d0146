using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Crashes;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>Everybody talks, each in order in their own conversation, and decides what others asked for.</summary>
internal sealed class ChaosLoad(ChaosWorld world, ChaosSettings settings, IReadOnlyList<ChaosTalk> talks)
{
    // One person may have 20 waiting; from here on nobody asks for more.
    private const int ManyWait = 8;
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, (int Tries, long At)> decisions = new();
    private readonly ConcurrentDictionary<string, SaidKind> kinds = new();
    private readonly ConcurrentDictionary<string, SemaphoreSlim> turns = new();
    private readonly Random random = new(settings.Seed);
    private readonly Lock gate = new();
    private int number;
    private volatile int waiting;

    /// <summary>When each message was said.</summary>
    public ConcurrentDictionary<string, DateTimeOffset> SaidAt { get; } = new();

    /// <summary>How often somebody tried to decide what they had asked for themselves.</summary>
    public int SelfApprovals { get; private set; }

    /// <summary>Talks until it is cancelled; what was begun to be said is said to its end.</summary>
    public Task TalkAsync(CancellationToken stop) => Task.WhenAll(talks.Select(talk => Task.Run(() => TalkAsync(talk, stop), CancellationToken.None)));

    /// <summary>Decides until it is cancelled.</summary>
    public async Task DecideAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await DecideOnceAsync();
            await Task.Delay(Look, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Decides what waits now; returns how many waited, null when nobody could say.</summary>
    public async Task<int?> DecideOnceAsync()
    {
        if ((await AnswerAsync("approvals_list", new { state = "pending", limit = 100 }))?["result"] is not JsonArray list) return null;
        waiting = list.Count;
        foreach (var approval in list.OfType<JsonNode>()) await DecideAsync(approval);
        return list.Count;
    }

    private async Task TalkAsync(ChaosTalk talk, CancellationToken stop)
    {
        var mean = talks.Count / settings.Rate;
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromSeconds(mean * (0.5 + Draw(1000) / 1000.0)), stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested) return;
            var id = string.Create(CultureInfo.InvariantCulture, $"m{Interlocked.Increment(ref number):d6}");
            await SayAsync(talk, () => Next(id, talk));
        }
    }

    // Decisions are said into the same conversations; what is said first is sent first.
    private async Task SayAsync(ChaosTalk talk, Func<Said> next)
    {
        var turn = turns.GetOrAdd(talk.Name, _ => new SemaphoreSlim(1));
        await turn.WaitAsync();
        try
        {
            var said = next();
            kinds[said.ClientId] = said.Kind;
            lock (gate) talk.Said.Add(said);
            SaidAt[said.ClientId] = TimeProvider.System.GetUtcNow();
            await talk.SendAsync(said);
        }
        finally
        {
            turn.Release();
        }
    }

    private Said Next(string id, ChaosTalk talk)
    {
        var where = Draw(3) == 0 ? "local" : world.Machines[Draw(world.Machines.Count)].Name;
        var change = $"/run sh -c 'echo {id} >> {(where == "local" ? world.Effects : world.Machines.Single(m => m.Name == where).Effects)}' --on {where}";
        return Draw(100) switch
        {
            < 20 when waiting < ManyWait => new Said(id, talk.Name, SaidKind.Change, change),
            < 24 when waiting < ManyWait => new Said(id, talk.Name, SaidKind.DeniedChange, change),
            < 30 => new Said(id, talk.Name, SaidKind.Read, $"/run echo {id} --on n1,n2,n3,n4,n5"),
            < 34 => new Said(id, talk.Name, SaidKind.Status, $"/run cat {world.SecretFile} /etc/{id} --on local"),
            < 38 => new Said(id, talk.Name, SaidKind.Status, $"/approvals show {id}"),
            _ => new Said(id, talk.Name, SaidKind.Read, $"/run echo {id} --on {where}"),
        };
    }

    private async Task DecideAsync(JsonNode approval)
    {
        var id = (string)approval["id"]!;
        var (tries, at) = decisions.GetValueOrDefault(id);
        if (tries > 0 && TimeProvider.System.GetElapsedTime(at) < AskAgain) return;
        var about = kinds.Keys.FirstOrDefault(k => approval.ToJsonString().Contains($"echo {k} ", StringComparison.Ordinal));
        decisions[id] = (tries + 1, TimeProvider.System.GetTimestamp());
        var requester = (string)approval["requester"]!;
        var denied = about is null || kinds[about] == SaidKind.DeniedChange;
        var others = talks.Where(t => t.Person != requester && t.Person != "owner").ToList();
        var key = string.Create(CultureInfo.InvariantCulture, $"decide-{id}-{tries}");

        // From another of their own identities, or the same: it must be refused.
        if (tries == 0 && !denied && Draw(6) == 0 && talks.FirstOrDefault(t => t.Person == requester && t.Person != "owner") is { } own)
        {
            SelfApprovals++;
            decisions[id] = (1, TimeProvider.System.GetTimestamp() - (long)(AskAgain.TotalSeconds / 2 * TimeProvider.System.TimestampFrequency));
            _ = SayAsync(own, () => new Said($"{key}-self", own.Name, SaidKind.Decision, $"/approve {id} --reason 'self {key}'"));
        }
        else if (requester != "owner" && Draw(3) == 0)
        {
            await AnswerAsync(denied ? "approvals_deny" : "approvals_approve", denied ? new { id, reason = "not now" } : (object)new { id }, key);
        }
        else
        {
            var talk = others[Draw(others.Count)];
            _ = SayAsync(talk, () => new Said(key, talk.Name, SaidKind.Decision, $"/{(denied ? "deny" : "approve")} {id} --reason 'seen {key}'"));
        }
    }

    private Task<JsonNode?> AnswerAsync(string tool, object arguments, string? key = null) => world.Gateways[Draw(world.Gateways.Count)].TryCallAsync(tool, arguments, key);

    private int Draw(int most)
    {
        lock (gate) return random.Next(most);
    }
}

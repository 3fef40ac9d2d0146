using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using ChatOps.EndToEnd.Crashes;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Laws;
using ChatOps.Storage.Engine;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>What a run was and what it cost, as it is printed.</summary>
internal sealed class ChaosTable
{
    private static readonly string[] Counted = ["inbox", "messages", "outbox", "invocations", "approvals", "audit", "turn_steps", "channel_state", "actions"];

    private readonly List<(string Name, string Value)> counts = [];
    private readonly List<string> samples = [];

    private readonly ChaosWaits waits = new(TimeProvider.System.GetUtcNow());

    /// <summary>How many faults there were.</summary>
    public int Faults { get; private set; }

    /// <summary>From the end of the load to rest.</summary>
    public TimeSpan Drained { get; set; }

    public void Strike(ChaosSpan span)
    {
        Faults++;
        waits.Add(span);
    }

    /// <summary>What the gateways hold at this moment, and how many rows their store has.</summary>
    public async Task SampleAsync(string when, ChaosWorld world)
    {
        foreach (var gateway in world.Gateways)
        {
            samples.Add(gateway.Sample() is { } now
                ? string.Create(CultureInfo.InvariantCulture, $"| {when} | {gateway.Name} | {now.Kilobytes / 1024} MB | {now.Handles} | {now.Threads} |")
                : $"| {when} | {gateway.Name} | down | | |");
        }

        try
        {
            await using var connection = await ServerStore.ReadAsync(world.Gateways[0].Data);
            var rows = new List<string>();
            foreach (var table in Counted)
            {
                await using var command = connection.Statement($"SELECT COUNT(*) FROM {table}");
                rows.Add($"{table} {await command.ExecuteScalarAsync()}");
            }

            samples.Add($"| {when} | rows | {string.Join(", ", rows)} | | |");
        }
        catch (System.Data.Common.DbException)
        {
            samples.Add($"| {when} | rows | the store did not answer | | |");
        }
    }

    /// <summary>What came of it.</summary>
    public void Count(Evidence evidence, ChaosLoad load, ChaosTalks talks, IReadOnlyList<ChaosTalk> all, ConcurrentDictionary<string, DateTimeOffset> answeredAt)
    {
        Add("messages", evidence.Said.Count);
        Add("of them changes that somebody approved or denied", evidence.Said.Count(s => s.Kind is SaidKind.Change or SaidKind.DeniedChange));
        Add("decisions in chat", evidence.Said.Count(s => s.Kind == SaidKind.Decision));
        Add("of them by whoever had asked", load.SelfApprovals);
        Add("delivered a second time by a platform", talks.Repeated);
        Add("commands", evidence.Invocations.Count(i => i["tool"] == "run"));
        Add("executions on nodes", evidence.Executions.Count);
        Add("effects", evidence.Effects.Count);
        foreach (var status in evidence.Invocations.Where(i => i["tool"] == "run").CountBy(i => i["status"]!).OrderBy(s => s.Key, StringComparer.Ordinal)) Add($"commands {status.Key}", status.Value);
        Add("ticks of the schedule", evidence.Ticks.Count);
        Add("audit records", evidence.Audit.Count);
        Add("answers whose delivery is unknown", evidence.Outbox.Count(o => o["state"] == "unknown"));
        Add("lost", evidence.Said.Count(s => evidence.Inbox.All(i => i["id"] != s.InboxId)));
        Add("doubled", evidence.Effects.CountBy(e => e).Count(e => e.Value > 1));
        waits.Count(load, all, answeredAt);
        counts.Add(("from the end of the load to rest", string.Create(CultureInfo.InvariantCulture, $"{Drained.TotalSeconds:f0} s")));
    }

    public override string ToString()
    {
        var text = new StringBuilder("| what | |\n|---|---|\n");
        foreach (var (name, value) in counts) text.Append(CultureInfo.InvariantCulture, $"| {name} | {value} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| faults | {Faults} |\n\n{waits}");
        text.Append("\n| when | gateway | resident memory | open files | threads |\n|---|---|---|---|---|\n");
        foreach (var sample in samples) text.Append(sample).Append('\n');
        return text.ToString();
    }

    private void Add(string name, int value) => counts.Add((name, value.ToString(CultureInfo.InvariantCulture)));
}

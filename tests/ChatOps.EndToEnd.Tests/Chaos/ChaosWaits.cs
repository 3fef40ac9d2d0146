using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace ChatOps.EndToEnd.Chaos;

/// <summary>How long people waited for the first answer that they saw, and what was going wrong meanwhile.</summary>
internal sealed class ChaosWaits(DateTimeOffset begun)
{
    private const int Slowest = 10;
    private const string Nothing = "nothing";

    private readonly List<ChaosSpan> spans = [];
    private List<ChaosWait> waits = [];

    public void Add(ChaosSpan span) => spans.Add(span);

    /// <summary>Puts together what was said, where, and when the first answer was seen.</summary>
    public void Count(ChaosLoad load, IReadOnlyList<ChaosTalk> talks, ConcurrentDictionary<string, DateTimeOffset> answeredAt)
    {
        var where = talks.SelectMany(t => t.Said.Select(s => (s.ClientId, t.Name))).ToDictionary();
        ChaosWait Wait(string id, DateTimeOffset said, DateTimeOffset answered) =>
            new(id, where[id], said - begun, answered - said, [.. spans.Where(f => f.IsWithin(said, answered)).Select(f => f.Kind)]);
        waits = [.. load.SaidAt.Where(s => answeredAt.ContainsKey(s.Key)).Select(s => Wait(s.Key, s.Value, answeredAt[s.Key])).OrderBy(w => w.Took)];
    }

    public override string ToString()
    {
        if (waits.Count == 0) return "No answer was seen on a platform.\n";
        var text = new StringBuilder();
        text.Append("| first answer on a platform, by what went wrong first meanwhile | times | answers | p50 | p99 | slowest |\n|---|---|---|---|---|---|\n");
        text.Append(CultureInfo.InvariantCulture, $"| all | {spans.Count} | {Row(waits)} |\n");
        var byKind = waits.ToLookup(w => w.Faults.FirstOrDefault(Nothing));
        foreach (var kind in spans.Select(s => s.Kind).Distinct().Order(StringComparer.Ordinal)) text.Append(CultureInfo.InvariantCulture, $"| {kind} | {spans.Count(s => s.Kind == kind)} | {Row([.. byKind[kind]])} |\n");
        text.Append(CultureInfo.InvariantCulture, $"| {Nothing} | | {Row([.. byKind[Nothing]])} |\n");
        text.Append("\n| slowest answers | where | said at | after | what was going wrong |\n|---|---|---|---|---|\n");
        foreach (var wait in waits.AsEnumerable().Reverse().Take(Slowest))
            text.Append(CultureInfo.InvariantCulture, $"| {wait.Id} | {wait.Talk} | {wait.At.TotalSeconds:f0} s | {wait.Took.TotalSeconds:f1} s | {string.Join(", ", wait.Faults)} |\n");
        return text.ToString();
    }

    // In the order of how long they took.
    private static string Row(List<ChaosWait> some) => some.Count == 0
        ? "0 | | | "
        : string.Create(CultureInfo.InvariantCulture, $"{some.Count} | {some[some.Count / 2].Took.TotalSeconds:f1} s | {some[some.Count * 99 / 100].Took.TotalSeconds:f1} s | {some[^1].Took.TotalSeconds:f1} s");
}

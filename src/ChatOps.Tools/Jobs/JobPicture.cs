using System.Globalization;
using ChatOps.Jobs;
using ChatOps.Messages;

namespace ChatOps.Tools.Jobs;

/// <summary>How a running job looks in one message: how far it is, how many nodes are how, and who is slow, by name.</summary>
internal sealed class JobPicture(string id, Uri? console, TimeProvider time)
{
    private const int SlowNames = 3;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    /// <summary>The whole picture.</summary>
    public RichMessage Of(IReadOnlyList<JobCount> counts, IEnumerable<LiveNode> running)
    {
        var total = counts.Sum(c => c.Nodes);
        var slow = SlowOnes(running);
        if (total == 1) return new RichMessage(slow.Length == 0 ? [] : [new TextBlock(PlainText.Escape($"Running on {slow}"))]);
        var done = counts.Where(c => c.Word is not (JobCount.Running or JobCount.Waiting)).Sum(c => c.Nodes);
        var blocks = new List<Block>
        {
            new ProgressBlock("Nodes", done, total),
            new TextBlock(PlainText.Escape(Words(counts)), counts.Any(c => IsBad(c.Word)) ? Tone.Failed : Tone.Plain),
        };
        if (slow.Length > 0) blocks.Add(new TextBlock(PlainText.Escape($"Slow: {slow}")));
        blocks.Add(Page(id, console));
        return new RichMessage(blocks);
    }

    /// <summary>The same in a line, for a bar.</summary>
    public string Line(IReadOnlyList<JobCount> counts, IEnumerable<LiveNode> running)
    {
        var notOk = counts.Where(c => IsBad(c.Word)).Sum(c => c.Nodes);
        var slow = SlowOnes(running);
        return $"Running on {counts.Sum(c => c.Nodes)} nodes" + (notOk > 0 ? $", {notOk} not ok" : "") + (slow.Length == 0 ? "" : $", slow: {slow}");
    }

    /// <summary>The page of the console that shows a job.</summary>
    public static PageBlock Page(string id, Uri? console) =>
        new("Every node", Job.PathOf(id), console is null ? null : new Uri(console, Job.PathOf(id)).ToString());

    private static string Words(IReadOnlyList<JobCount> counts) =>
        string.Join(" · ", counts.Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Nodes} {c.Word}")));

    private static bool IsBad(string word) => word is not ("ok" or JobCount.Running or JobCount.Waiting);

    private string SlowOnes(IEnumerable<LiveNode> running)
    {
        var slow = running.Select(n => (n.Name, For: time.GetElapsedTime(n.BeganAt!.Value))).Where(n => n.For >= Slow).OrderByDescending(n => n.For).ToList();
        return string.Join(", ", slow.Take(SlowNames).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Name} ({s.For.TotalSeconds:0} s)")))
            + (slow.Count > SlowNames ? $" and {slow.Count - SlowNames} more" : "");
    }
}

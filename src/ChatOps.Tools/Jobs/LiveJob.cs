using ChatOps.Fleet;
using ChatOps.Jobs;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Jobs;

/// <summary>One job while it runs: every node of it, and the picture that is shown of it at a bounded rate.</summary>
internal sealed class LiveJob : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Closest = TimeSpan.FromMilliseconds(200);

    private readonly ToolCall call;
    private readonly bool streams;
    private readonly JobPicture picture;
    private readonly OutputTails tails;
    private readonly Func<IEnumerable<IToolProgress>> watchers;
    private readonly Action<LiveJob> over;
    private readonly TimeProvider time;
    private readonly LiveNode[] nodes;
    private readonly Dictionary<string, LiveNode> byName;
    private readonly Lock gate = new();
    private ITimer? timer;
    private long? lastShown;
    private int ended;

    public LiveJob(ToolCall call, string title, bool streams, JobPicture picture, OutputTails tails, Func<IEnumerable<IToolProgress>> watchers, Action<LiveJob> over, TimeProvider time)
    {
        (this.call, Title, this.streams, this.picture, this.tails, this.watchers, this.over, this.time) = (call, title, streams || call.Targets.Count == 1, picture, tails, watchers, over, time);
        nodes = [.. call.Targets.Select(t => new LiveNode(t.Name))];
        byName = nodes.ToDictionary(n => n.Name, StringComparer.Ordinal);
        Since = time.GetUtcNow();
    }

    /// <summary>Its invocation.</summary>
    public string Id => call.InvocationId;

    /// <summary>What it does.</summary>
    public string Title { get; }

    /// <summary>When this process began with it.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>From now on it is shown again and again: who is slow changes by itself.</summary>
    public void Start() => timer = time.CreateTimer(_ => Show(true), null, Again, Again);

    /// <summary>Work on a node begins.</summary>
    /// <returns>Takes what it says.</returns>
    public IExecutionOutput Begin(string node)
    {
        var begun = byName[node];
        lock (gate) begun.BeganAt = time.GetTimestamp();
        Show(false);
        // Outputs of many at once would be noise; the newest of each is there on demand, and the result has them folded.
        return streams ? new Output(begun.Tail, text => Tell(w => w.Output(node, text))) : new Output(begun.Tail, null);
    }

    /// <summary>A node has ended.</summary>
    public void End(NodeRun run)
    {
        bool last;
        lock (gate)
        {
            var node = byName[run.Node];
            if (node.Run is null) ended++;
            node.Run = run;
            last = ended == nodes.Length;
        }

        foreach (var watcher in watchers().Where(w => w.FollowsNodes)) watcher.Ended(EndOf(run));
        Show(last);
    }

    /// <summary>Tells somebody who came later which nodes have ended.</summary>
    public void TellEnded(IToolProgress watcher)
    {
        if (!watcher.FollowsNodes) return;
        List<NodeRun> ended;
        lock (gate) ended = [.. nodes.Select(n => n.Run).OfType<NodeRun>()];
        foreach (var run in ended) watcher.Ended(EndOf(run));
    }

    /// <summary>Shows it now.</summary>
    public void Refresh() => Show(true);

    /// <summary>In short.</summary>
    public JobSummary Summary()
    {
        lock (gate) return new JobSummary(Id, Title, call.Principal.DisplayName, Since, Counts(), [.. nodes.Where(n => n.IsRunning).Select(n => n.Name)]);
    }

    /// <summary>Every node as it is now.</summary>
    /// <param name="characters">How much of each output at most.</param>
    public IReadOnlyList<JobNode> Nodes(int characters)
    {
        lock (gate) return [.. nodes.Select(n => Describe(n, characters))];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        timer?.Dispose();
        over(this);
    }

    private static NodeEnd EndOf(NodeRun run) =>
        new(run.Node, OutcomeText.Word(run.Outcome), run.Result.ExitCode, run.Result.Output, run.Result.Duration, run.Result.Message);

    private JobNode Describe(LiveNode node, int characters)
    {
        if (node.Run is not { } run)
        {
            var running = node.BeganAt is not null;
            return new JobNode(
                node.Name, running ? JobCount.Running : JobCount.Waiting, null, running ? tails.Newest(node.Tail, Math.Min(characters, OutputTails.Shown)) : "", 0,
                node.BeganAt is { } began ? time.GetElapsedTime(began) : null, null, null);
        }

        node.Shown ??= tails.Safe(run.Result.Output);
        return new JobNode(
            node.Name, OutcomeText.Word(run.Outcome), run.Result.ExitCode, RunReport.Cut(node.Shown, characters), run.Result.OmittedBytes, run.Result.Duration,
            run.Result.Message is { } message ? tails.Safe(message) : null, run.Kept?.Id);
    }

    private List<JobCount> Counts()
    {
        var counts = nodes.GroupBy(n => n.Run is { } run ? OutcomeText.Word(run.Outcome) : n.BeganAt is null ? JobCount.Waiting : JobCount.Running, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        return [.. JobNode.Words.Where(counts.ContainsKey).Select(w => new JobCount(w, counts[w]))];
    }

    private void Show(bool always)
    {
        lock (gate)
        {
            if (!always && lastShown is { } last && time.GetElapsedTime(last) < Closest) return;
            lastShown = time.GetTimestamp();
            var counts = Counts();
            var running = nodes.Where(n => n.IsRunning).ToList();
            var now = picture.Of(counts, running);
            if (now.Blocks.Count == 0) return;
            foreach (var watcher in watchers())
            {
                if (nodes.Length > 1) watcher.Report(picture.Line(counts, running), ended, nodes.Length);
                watcher.Show(now);
            }
        }
    }

    private void Tell(Action<IToolProgress> what)
    {
        foreach (var watcher in watchers()) what(watcher);
    }

    private sealed class Output(OutputTail tail, Action<string>? live) : IExecutionOutput
    {
        public void Append(string text)
        {
            tail.Append(text);
            live?.Invoke(text);
        }
    }
}

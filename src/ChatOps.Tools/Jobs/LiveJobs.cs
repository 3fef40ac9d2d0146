using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatOps.Secrets;
using ChatOps.Tools.Gate;

namespace ChatOps.Tools.Jobs;

/// <summary>The jobs that this process runs or follows, and who watches them besides the one who called.</summary>
internal sealed class LiveJobs(ProgressRedactor redactor, IRedactor texts, ToolsOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, LiveJob> jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableList<IToolProgress>> watchers = new(StringComparer.Ordinal);

    /// <summary>All of them, oldest first.</summary>
    public IReadOnlyList<LiveJob> All => [.. jobs.Values.OrderBy(j => j.Since)];

    /// <summary>One of them.</summary>
    public LiveJob? Find(string id) => jobs.GetValueOrDefault(id);

    /// <summary>A text without its secrets.</summary>
    public string Safe(string text) => texts.Redact(texts.Neutralise(text, keepColours: true));

    /// <summary>Begins one; it is over when it is disposed.</summary>
    /// <param name="call">The call.</param>
    /// <param name="title">What it does.</param>
    /// <param name="progress">Who called.</param>
    /// <param name="streams">Whether outputs of many nodes are shown as they come; that of one always is.</param>
    public LiveJob Begin(ToolCall call, string title, IToolProgress progress, bool streams = false)
    {
        var picture = new JobPicture(call.InvocationId, options.PublicUrl, time);
        var job = new LiveJob(call, texts.Redact(texts.Neutralise(title)), streams, picture, new OutputTails(texts), Watched, ended => jobs.TryRemove(KeyValuePair.Create(ended.Id, ended)), time);
        jobs[job.Id] = job;
        job.Start();
        return job;

        // Asked for each time: who watches comes and goes.
        IEnumerable<IToolProgress> Watched() => watchers.TryGetValue(call.InvocationId, out var others) ? others.Add(progress) : [progress];
    }

    /// <summary>
    /// Shows what a job does, from now on until the result is disposed; it may begin later. Nodes that have ended already are told too, and one that ends in
    /// this moment may be told twice.
    /// </summary>
    public IDisposable Watch(string id, IToolProgress progress)
    {
        if (progress is NoProgress) return new Watcher(() => { });
        var wrapped = redactor.Wrap(progress);
        watchers.AddOrUpdate(id, _ => [wrapped], (_, all) => all.Add(wrapped));
        if (Find(id) is { } job)
        {
            job.TellEnded(wrapped);
            job.Refresh();
        }

        return new Watcher(() => Forget(id, wrapped));
    }

    private void Forget(string id, IToolProgress wrapped)
    {
        var left = watchers.AddOrUpdate(id, _ => [], (_, all) => all.Remove(wrapped));
        if (left.IsEmpty) watchers.TryRemove(KeyValuePair.Create(id, left));
    }

    private sealed class Watcher(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

using System.Collections.Concurrent;
using ChatOps.Checks.Files;
using ChatOps.Checks.Findings;
using ChatOps.Checks.States;
using ChatOps.Fleet;
using Microsoft.Extensions.Logging;

namespace ChatOps.Checks.Running;

/// <summary>
/// When each check is due. A check is looked at every interval, spread evenly so that many of the same interval do not come at once, sooner while it is doubtful, and
/// never while its last look is not over.
/// </summary>
internal sealed partial class CheckLoop(
    ChecksOptions options, CheckFiles files, CheckRunner runner, CheckBoard board, FindingSpeaker speaker, INodes nodes, TimeProvider time, ILogger<CheckLoop> log)
{
    /// <summary>How often it looks whether something is due.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    /// <summary>How often quiet looks are written.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromMinutes(1);

    private const int MaxAtOnce = 256;

    private readonly ConcurrentDictionary<string, DateTimeOffset> due = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> running = new(StringComparer.Ordinal);
    private DateTimeOffset filesDue;
    private DateTimeOffset flushDue;

    /// <summary>Reads the files and what an earlier process left.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        files.Refresh();
        await board.LoadAsync(cancellationToken);
        speaker.WatchAll();
        flushDue = time.GetUtcNow() + FlushInterval;
    }

    /// <summary>Begins what is due; the task ends when all that it began has ended.</summary>
    public async Task TickAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (now >= filesDue)
        {
            filesDue = now + options.PollInterval;
            if (files.Refresh()) await ForgetAsync(cancellationToken);
        }

        var flush = now >= flushDue;
        if (flush) flushDue = now + FlushInterval;
        var begun = new List<Task>();
        foreach (var check in files.Current.Checks)
        {
            if (!check.Enabled || running.Count >= MaxAtOnce) continue;
            if (due.GetOrAdd(check.Name, _ => now + Spread(check)) > now || !running.TryAdd(check.Name, true)) continue;
            due[check.Name] = now + check.Interval;
            begun.Add(LookAsync(check, cancellationToken));
        }

        await Task.WhenAll(begun);
        if (speaker.HasUntold) await GuardAsync(() => speaker.SpeakAsync(cancellationToken));
        foreach (var name in speaker.TakeWanted()) due[name] = now;
        if (!flush) return;
        await GuardAsync(() => board.FlushAsync(cancellationToken));
        await GuardAsync(() => board.PruneAsync(cancellationToken));
        await ForgetAsync(cancellationToken);
    }

    /// <summary>Writes what is not written yet.</summary>
    public Task StopAsync() => GuardAsync(() => board.FlushAsync(CancellationToken.None));

    private async Task LookAsync(CheckDefinition check, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await GuardAsync(async () =>
        {
            var states = await runner.RunAsync(check, cancellationToken);
            if (states.Any(CheckMachine.IsDoubtful)) due[check.Name] = time.GetUtcNow() + check.RetryDelay;
        });
        running.TryRemove(check.Name, out _);
    }

    private Task ForgetAsync(CancellationToken cancellationToken) => GuardAsync(() =>
    {
        var set = files.Current;
        foreach (var name in due.Keys.Where(n => set.Find(n) is null)) due.TryRemove(name, out _);
        var members = nodes.All();
        var names = members.Select(n => n.Name).ToHashSet(StringComparer.Ordinal);
        return board.ForgetAsync(IsGone, cancellationToken);

        bool IsGone(CheckState state) => set.Find(state.Key.Check) is not { } check || check.KindWord != state.Kind
            || (check.Kind == CheckKind.Node ? !names.Contains(state.Key.Target) : check.On is null ? state.Key.Target != CheckKey.Gateway : !names.Contains(state.Key.Target) || check.On.Of(members).All(n => n.Name != state.Key.Target));
    });

    // A boundary: one check that breaks, or a store that is away for a moment, must not end the looking.
    private Task GuardAsync(Func<Task> work) => Boundary.RunAsync(work, LogBroke);

    private static TimeSpan Spread(CheckDefinition check)
    {
        // The same for the same name, whatever process asks.
        var hash = check.Name.Aggregate(2166136261u, (sum, c) => (sum ^ c) * 16777619u);
        var most = check.Interval < TimeSpan.FromMinutes(1) ? check.Interval : TimeSpan.FromMinutes(1);
        return most * (hash % 1000 / 1000.0);
    }
}

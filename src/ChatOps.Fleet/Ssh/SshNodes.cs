using System.Collections.Concurrent;
using ChatOps.Fleet.Membership;
using ChatOps.Storage;

namespace ChatOps.Fleet.Ssh;

/// <summary>The nodes that are reached by ssh. Nothing there remembers an execution: what is not heard of any more is unknown.</summary>
internal sealed class SshNodes(NodeDirectory directory, SshLinks links, SshPlaces places, TimeProvider time)
{
    // A stop is on its way within a second; what ignores it for longer has its time limit.
    private static readonly TimeSpan RemovalTime = TimeSpan.FromSeconds(4);
    private readonly ConcurrentDictionary<string, Task<ExecutionResult>> running = new(StringComparer.Ordinal);

    /// <summary>All of them as they are now.</summary>
    public IEnumerable<NodeInfo> All => directory.All.Where(r => r.Ssh is not null).Select(Describe);

    /// <summary>Whether there is such a node.</summary>
    public bool Has(string name) => directory.Find(name) is { Ssh: not null };

    /// <summary>Runs a command there.</summary>
    public async Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (request.OnlyAttach)
        {
            return running.TryGetValue(request.Id, out var known)
                ? await known.WaitAsync(cancellationToken)
                : Answer(ExecutionEnd.Unknown, $"The gateway lost sight of it, and {request.Node}, which is reached by ssh, remembers nothing; how it ended is not known. It is not repeated by itself.");
        }

        if (directory.Find(request.Node) is not { Ssh: not null } row) return Answer(ExecutionEnd.Unreachable, $"There is no node '{request.Node}' any more; nothing was started.");
        if (WhyNot(row, request) is { } no) return no;
        var mine = new TaskCompletionSource<ExecutionResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = running.GetOrAdd(request.Id, mine.Task);
        if (first != mine.Task) return await first;
        try
        {
            var result = await RunAsync(request, links.Of(row), output, cancellationToken);
            mine.SetResult(result);
            return result;
        }
        catch (Exception e)
        {
            // Who joined it hears the same.
            mine.SetException(e);
            _ = mine.Task.Exception;
            throw;
        }
        finally
        {
            running.TryRemove(request.Id, out _);
        }
    }

    /// <summary>A node is no member any more: what runs there is stopped, and its connection ends.</summary>
    public async Task RemoveAsync(string name)
    {
        if (links.Find(name) is { } link)
        {
            await link.StopAsync();
            var open = link.Running;
            await Task.WhenAny(Task.WhenAll(open), Task.Delay(RemovalTime, time));
        }

        await links.RemoveAsync(name);
        places.Forget(name);
    }

    private async Task<ExecutionResult> RunAsync(ExecutionRequest request, SshLink link, IExecutionOutput output, CancellationToken cancellationToken)
    {
        await link.Places.WaitAsync(cancellationToken);
        try
        {
            if (await link.EnsureAsync(cancellationToken) is { } problem)
                return Answer(problem.Kind == SshProblemKind.ChangedHostKey ? ExecutionEnd.NotStarted : ExecutionEnd.Unreachable, $"Nothing was started: {problem.Reason}.");
            using var execution = new SshExecution(request, link, output, time);
            return await link.TrackAsync(execution.RunAsync(cancellationToken));
        }
        finally
        {
            link.Places.Release();
        }
    }

    private NodeInfo Describe(NodeRow row)
    {
        var link = links.Find(row.Name);
        var up = link?.IsUp == true;
        var facts = new SortedDictionary<string, string>((link?.Facts ?? row.Facts).ToDictionary(), StringComparer.Ordinal) { ["ssh"] = row.Ssh!.ToString() };
        if (!up && link?.Problem is { } problem) facts["problem"] = problem.Reason;
        var state = row.Quarantined ? NodeState.Quarantined : !up ? NodeState.Offline : row.Drained ? NodeState.Drained : NodeState.Online;
        var seen = link?.LastSeen is { } last && last > row.LastSeenAt ? last : row.LastSeenAt;
        return new NodeInfo(row.Name, row.Labels, state, facts, seen)
        {
            Kind = NodeKind.Ssh, Alert = row.Alert ?? (!up && link?.Problem is { NeedsSomebody: true } p ? $"It cannot be reached until somebody acts: {p.Reason}." : null),
        };
    }

    private static ExecutionResult? WhyNot(NodeRow row, ExecutionRequest request) =>
        row.Quarantined ? Answer(ExecutionEnd.NotStarted, $"{row.Name} is in quarantine, nothing was started: {row.Alert}")
        : row.Drained ? Answer(ExecutionEnd.NotStarted, $"{row.Name} is drained and takes no new work; nothing was started. 'node resume {row.Name}' ends that.")
        : !request.WorkingDirectory.StartsWith('/') || !ShellText.CanPass(request.WorkingDirectory) ? Answer(ExecutionEnd.NotStarted, "The working directory must be an absolute path.")
        : !ShellText.CanPass(request.Line) || request.Program?.Pipelines.Any(p => p.Commands.Any(c => c.Words.Count == 0 || c.Words.Any(w => !ShellText.CanPass(w.Text)))) == true
            ? Answer(ExecutionEnd.NotStarted, "The command is empty, or holds a character that cannot be given to a program (NUL or half of a surrogate pair).")
        : request.Timeout <= TimeSpan.Zero ? Answer(ExecutionEnd.NotStarted, "The timeout must be above zero.")
        : null;

    private static ExecutionResult Answer(ExecutionEnd end, string message) => new(end, null, "", 0, 0, null, TimeSpan.Zero, message);
}

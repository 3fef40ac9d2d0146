using System.Collections.Concurrent;
using ChatOps.Approvals;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Tools;

namespace ChatOps.Tests.Agent.Fakes;

/// <summary>
/// A gate whose tools are scripts. It keeps the gate's promises: a known id is answered with what became of it and runs nothing, a stop cancels what runs in
/// the conversation and withdraws what waits. It outlives the services of a test, as the gate's rows outlive a process.
/// </summary>
internal sealed class ScriptedInvoker : IToolInvoker
{
    private readonly ConcurrentDictionary<string, InvocationOutcome> outcomes = new();
    private readonly ConcurrentDictionary<string, (CancellationTokenSource Stop, string Conversation, string Title)> runs = new();
    private readonly ConcurrentDictionary<string, (string Conversation, string Title)> waits = new();

    public delegate Task<InvocationOutcome> Script(InvocationRequest request, IToolProgress progress, CancellationToken stopped);

    /// <summary>What a tool does; by default everything is done at once.</summary>
    public ConcurrentDictionary<string, Script> Tools { get; } = new();

    /// <summary>Every request that really ran, in order.</summary>
    public ConcurrentQueue<InvocationRequest> Ran { get; } = new();

    public static InvocationOutcome Done(InvocationRequest request, string text = "done") => new(
        request.Id, InvocationStatus.Done, text, new ToolResult(InvocationStatus.Done, text, RichMessage.Text(PlainText.Escape(text)), "{}"));

    public static InvocationOutcome Waiting(InvocationRequest request) =>
        new(request.Id, InvocationStatus.Waiting, "Waiting for approval 7F3K2M.", ApprovalId: "7F3K2M");

    public async Task<InvocationOutcome> InvokeAsync(InvocationRequest request, IToolProgress progress, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var running = new InvocationOutcome(request.Id, InvocationStatus.Running, "Running.");
        if (!outcomes.TryAdd(request.Id, running)) return outcomes[request.Id];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        runs[request.Id] = (stop, request.Conversation!.Id, request.Tool);

        // Last: whoever waits for it may stop it at once.
        Ran.Enqueue(request);
        InvocationOutcome outcome;
        try
        {
            outcome = Tools.TryGetValue(request.Tool, out var script) ? await script(request, progress, stop.Token) : Done(request);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            outcome = new(request.Id, InvocationStatus.Failed, "It was stopped.", Failure: FailureCode.Cancelled);
        }
        catch
        {
            outcomes.TryRemove(request.Id, out _);
            throw;
        }
        finally
        {
            runs.TryRemove(request.Id, out _);
        }
        if (outcome.Status == InvocationStatus.Waiting) waits[request.Id] = (request.Conversation.Id, request.Tool);
        return outcomes[request.Id] = outcome with { Risk = outcome.Risk ?? RiskOf(request), Title = outcome.Title ?? request.Tool };
    }

    /// <summary>The risk of a request; by default everything reads.</summary>
    public Func<InvocationRequest, Risk> RiskOf { get; set; } = _ => Risk.Read;

    /// <summary>Whether a request would ask; by default none does.</summary>
    public Func<InvocationRequest, bool> Asks { get; set; } = _ => false;

    public Task<InvocationPreview> PreviewAsync(InvocationRequest request, CancellationToken cancellationToken) => Task.FromResult(new InvocationPreview(
        new PlanItem(request.Id, request.Tool, "{}", [], RiskOf(request), "test", "As the test says.", request.Tool, request.Tool, new Dictionary<string, string>()),
        new ApprovalNeed(Asks(request), 0, [], false, "test"), null));

    public Task<InvocationOutcome?> FindAsync(string invocationId, CancellationToken cancellationToken) => Task.FromResult(outcomes.GetValueOrDefault(invocationId));

    public async Task<InvocationOutcome?> WaitAsync(string invocationId, CancellationToken cancellationToken)
    {
        while (outcomes.GetValueOrDefault(invocationId) is { Status: InvocationStatus.Running or InvocationStatus.Waiting } && !cancellationToken.IsCancellationRequested)
            await Task.Delay(5, CancellationToken.None);
        return outcomes.GetValueOrDefault(invocationId);
    }

    /// <summary>What it still does when it has stopped what runs; by default nothing.</summary>
    public Func<Task> AfterStop { get; set; } = () => Task.CompletedTask;

    public async Task<IReadOnlyList<string>> StopAsync(string conversationId, string by, CancellationToken cancellationToken)
    {
        var stopped = new List<string>();
        foreach (var (_, run) in runs.Where(r => r.Value.Conversation == conversationId))
        {
            await run.Stop.CancelAsync();
            stopped.Add(run.Title);
        }
        foreach (var (id, wait) in waits.Where(w => w.Value.Conversation == conversationId))
        {
            waits.TryRemove(id, out _);
            Settle(new(id, InvocationStatus.Refused, $"Withdrawn by {by}."));
            stopped.Add(wait.Title);
        }
        await AfterStop();
        return stopped;
    }

    /// <summary>What an earlier process left, or an approval ended.</summary>
    public void Settle(InvocationOutcome outcome) => outcomes[outcome.InvocationId] = outcome;
}

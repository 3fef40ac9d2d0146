using ChatOps.Fleet;
using ChatOps.Fleet.Dispatch;
using ChatOps.Policy;
using ChatOps.Tests.Node;

namespace ChatOps.Tests.Fleet;

/// <summary>What a gateway follows, found by its node.</summary>
public sealed class RemoteExecutionsTests
{
    private readonly RemoteExecutions _executions = new();

    [Fact]
    public async Task What_concerns_a_node_reaches_all_that_runs_there_and_nothing_else()
    {
        using RemoteExecution first = Add("a", "web-1"), second = Add("b", "web-1"), other = Add("c", "web-2");
        _executions.GiveUpAll("web-1");
        Assert.Equal(ExecutionEnd.Unreachable, (await first.Result).End);
        Assert.Equal(ExecutionEnd.Unreachable, (await second.Result).End);
        Assert.False(other.Result.IsCompleted);
        Assert.False(_executions.CancelAll("web-2").IsCompleted);
        Assert.True(_executions.CancelAll("web-3").IsCompletedSuccessfully);
    }

    [Fact]
    public void What_is_removed_is_reached_no_more_and_leaves_the_others_of_its_node()
    {
        using RemoteExecution first = Add("a", "web-1"), second = Add("b", "web-1");
        _executions.Remove("a");
        _executions.GiveUpAll("web-1");
        Assert.False(first.Result.IsCompleted);
        Assert.True(second.Result.IsCompleted);
        _executions.Remove("b");
        _executions.Remove("b");
        Assert.True(_executions.CancelAll("web-1").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task What_an_invocation_runs_is_let_go_of_on_all_its_nodes_and_nothing_else()
    {
        using RemoteExecution one = Add("a", "web-1"), several = Add("a.web-2", "web-2"), other = Add("ab", "web-1");
        _executions.LetGo("a");
        Assert.Equal([ExecutionEnd.Unknown, ExecutionEnd.Unknown], (await Task.WhenAll(one.Result, several.Result)).Select(r => r.End));
        Assert.False(other.Result.IsCompleted);
        Assert.False(_executions.Any("web-2"));
    }

    [Fact]
    public void Of_two_with_one_id_the_first_is_followed()
    {
        using var first = Add("a", "web-1");
        using var second = Execution("a", "web-1");
        Assert.Same(first, _executions.Add("a", second));
        _executions.GiveUpAll("web-1");
        Assert.True(first.Result.IsCompleted);
        Assert.False(second.Result.IsCompleted);
    }

    [Fact]
    public async Task Many_that_come_and_go_at_once_on_one_node_are_neither_lost_nor_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var turn = 0; turn < 300; turn++)
            {
                using var execution = Add($"{worker}.{turn}", "web-1");
                _executions.GiveUpAll("web-1");
                Assert.True(execution.Result.IsCompleted);
                _executions.Remove($"{worker}.{turn}");
            }
        })));
        using var last = Add("last", "web-1");
        var ended = _executions.CancelAll("web-1");
        Assert.False(ended.IsCompleted);
        last.GiveUp();
        await ended;
    }

    private RemoteExecution Add(string id, string node)
    {
        var execution = Execution(id, node);
        Assert.Same(execution, _executions.Add(id, execution));
        return execution;
    }

    private static RemoteExecution Execution(string id, string node) => new(
        new ExecutionRequest(id, node, "true", null, "/", TimeSpan.FromSeconds(30), new OutputLimits(1024, 1024, 0, null)) { Risk = Risk.Read },
        new Watcher(), _ => throw new InvalidOperationException("Nothing is sent here."), TimeProvider.System);
}

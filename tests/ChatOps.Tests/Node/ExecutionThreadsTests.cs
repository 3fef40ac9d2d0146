using System.Collections.Concurrent;
using ChatOps.Node.Execution;

namespace ChatOps.Tests.Node;

/// <summary>Threads that are kept between executions.</summary>
public sealed class ExecutionThreadsTests
{
    private readonly ExecutionThreads _threads = new();

    [Fact]
    public async Task A_thread_that_has_become_free_takes_the_next_work()
    {
        // Whether it is free again when the next work comes is a matter of moments; in so many turns it is at least once.
        var used = new HashSet<int>();
        for (var turn = 0; turn < 200; turn++)
            used.Add(await OnThreadAsync(() => Environment.CurrentManagedThreadId));
        Assert.True(used.Count < 200, $"{used.Count} threads for 200 works");
    }

    [Fact]
    public async Task Works_at_the_same_time_have_a_thread_each()
    {
        const int Count = 8;
        using var together = new Barrier(Count);
        var works = Enumerable.Range(0, Count).Select(_ => OnThreadAsync(() => together.SignalAndWait(TimeSpan.FromSeconds(30)) ? Environment.CurrentManagedThreadId : 0)).ToArray();
        var threads = await Task.WhenAll(works);
        Assert.DoesNotContain(0, threads);
        Assert.Equal(Count, threads.Distinct().Count());
    }

    [Fact]
    public async Task What_flows_with_one_caller_does_not_reach_the_work_of_another()
    {
        var flows = new AsyncLocal<string?>();
        for (var turn = 0; turn < 50; turn++)
        {
            flows.Value = $"turn {turn}";
            Assert.Equal(flows.Value, await OnThreadAsync(() => flows.Value));
            Task<string?> without;
            using (ExecutionContext.SuppressFlow())
                without = OnThreadAsync<string?>(() => flows.Value);
            Assert.Null(await without);
        }
    }

    [Fact]
    public async Task Every_work_is_done_once_whoever_gives_it()
    {
        const int Givers = 4, Works = 500;
        var done = new ConcurrentDictionary<int, int>();
        await Task.WhenAll(Enumerable.Range(0, Givers).Select(giver => Task.Run(async () =>
        {
            for (var work = 0; work < Works; work++)
            {
                var number = (giver * Works) + work;
                await OnThreadAsync(() => done.AddOrUpdate(number, 1, (_, before) => before + 1));
            }
        })));
        Assert.Equal(Givers * Works, done.Count);
        Assert.All(done.Values, times => Assert.Equal(1, times));
    }

    private Task<T> OnThreadAsync<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _threads.Run(() => result.SetResult(work()));
        return result.Task;
    }
}

using ChatOps.Diagnostics;
using ChatOps.Identity;
using ChatOps.Identity.Files;

namespace ChatOps.Tests.Identity;

public sealed class AccessReloadTests
{
    private const string Viewer = "people:\n  ana: { roles: [viewer] }\n";
    private const string Operator = "people:\n  ana: { roles: [operator] }\n";
    private static readonly TimeSpan Limit = Testing.Until.Limit;

    [Fact]
    public async Task A_good_version_is_in_force_at_once_and_says_that_something_changed()
    {
        using var bench = await AccessBench.LoadedAsync(Viewer);
        var changed = new TaskCompletionSource();
        using var listening = bench.Files.NextChange.Register(changed.SetResult);

        await bench.ReloadAsync(Operator);

        Assert.True(bench.Decide("ana", "run").Allowed);
        await changed.Task.WaitAsync(Limit);
        Assert.False(bench.Files.NextChange.IsCancellationRequested);
    }

    [Fact]
    public async Task Nothing_changes_when_the_file_did_not()
    {
        using var bench = await AccessBench.LoadedAsync(Viewer);
        var next = bench.Files.NextChange;

        await bench.ReloadAsync(Viewer);

        Assert.Equal(next, bench.Files.NextChange);
    }

    [Theory]
    [InlineData("people:\n  ana: { roles: [nobody] }\n", "nobody")]
    [InlineData("people:\n  ana: { rols: [admin] }\n", "rols")]
    [InlineData("people: {", "YAML")]
    public async Task A_bad_version_leaves_the_last_good_one_in_force_and_says_so_until_it_is_mended(string bad, string said)
    {
        using var bench = await AccessBench.LoadedAsync(Viewer);
        var health = new AccessHealth(bench.Files);
        var loadedAt = bench.Files.WorkspaceStatus.LoadedAt;
        Assert.Equal(PartState.Ok, (await health.CheckAsync(CancellationToken.None)).State);

        await bench.ReloadAsync(bad);

        Assert.True(bench.Decide("ana", "status").Allowed);
        Assert.Contains(said, Assert.Single(bench.Files.WorkspaceStatus.Problems).ToString(), StringComparison.Ordinal);
        Assert.Equal(loadedAt, bench.Files.WorkspaceStatus.LoadedAt);
        Assert.Empty(bench.Files.DataStatus.Problems);
        var worse = await health.CheckAsync(CancellationToken.None);
        Assert.Equal(PartState.Degraded, worse.State);
        Assert.Contains(said, worse.Summary, StringComparison.Ordinal);

        await bench.ReloadAsync(Operator);

        Assert.True(bench.Decide("ana", "run").Allowed);
        Assert.Empty(bench.Files.WorkspaceStatus.Problems);
        Assert.True(bench.Files.WorkspaceStatus.LoadedAt > loadedAt);
        Assert.Equal(PartState.Ok, (await health.CheckAsync(CancellationToken.None)).State);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_not_the_end_of_everybodys_rights()
    {
        using var bench = await AccessBench.LoadedAsync(Viewer);

        File.Delete(bench.Options.WorkspaceFile);
        File.Delete(bench.Options.DataFile);
        await bench.Files.ReloadAsync(CancellationToken.None);

        Assert.True(bench.Decide("ana", "status").Allowed);
        Assert.Contains("gone", Assert.Single(bench.Files.WorkspaceStatus.Problems).Reason, StringComparison.Ordinal);
        Assert.Contains("gone", Assert.Single(bench.Files.DataStatus.Problems).Reason, StringComparison.Ordinal);
        Assert.Contains("gone", await bench.Editor.GrantAsync("ben", "viewer", CancellationToken.None), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_file_of_the_operator_does_not_hold_up_what_is_revoked_in_chat()
    {
        using var bench = await AccessBench.LoadedAsync(Viewer, "people:\n  zoe: { roles: [admin] }\n  ben: { roles: [operator] }\n");
        await bench.ReloadAsync("people: {");

        Assert.Null(await bench.Editor.RevokeAsync("ben", "operator", CancellationToken.None));

        Assert.False(bench.Decide("ben", "run").Allowed);
        Assert.True(bench.Decide("ana", "status").Allowed);
        Assert.Single(bench.Files.WorkspaceStatus.Problems);
    }

    [Fact]
    public async Task An_owner_is_made_when_the_last_admin_leaves_the_operators_file()
    {
        using var bench = await AccessBench.LoadedAsync("people:\n  ana: { roles: [admin] }\n");
        Assert.Equal("ana", bench.Principals.PrincipalId);

        await bench.ReloadAsync(Viewer);

        Assert.Equal("owner", bench.Principals.PrincipalId);
        Assert.False(bench.Decide("ana", "access_grant").Allowed);
    }

    [Fact]
    public async Task Every_decision_during_a_thousand_reloads_comes_from_one_version()
    {
        const string deny = "roles:\n  r: { allow: [{ tool: run, on: all }], deny: [{ tool: status, on: all }] }\npeople:\n  ana: { roles: [r] }\n";
        const string swap = "roles:\n  r: { allow: [{ tool: status, on: all }], deny: [{ tool: run, on: all }] }\npeople:\n  ana: { roles: [r] }\n";
        using var bench = await AccessBench.LoadedAsync(deny);
        using var stop = new CancellationTokenSource();
        var first = new TaskCompletionSource();
        var deciding = Enumerable.Range(0, 2).Select(_ => Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                var decision = bench.Authorizer.Decide(bench.Principals.Find("ana")!, "run", "run", []);
                // In both versions a rule decides; a mixture of them would be the one in which none does.
                Assert.Equal(decision.Allowed ? "role r allows run on all" : "role r denies run on all", decision.Rule?.Text);
                first.TrySetResult();
            }
        })).ToList();

        await first.Task.WaitAsync(Limit);
        for (var i = 0; i < 1000; i++) await bench.ReloadAsync(i % 2 == 0 ? swap : deny);
        await stop.CancelAsync();
        await Task.WhenAll(deciding).WaitAsync(Limit);

        Assert.True(bench.Decide("ana", "run").Allowed);
    }

    [Fact]
    public async Task A_changed_file_is_noticed_by_itself()
    {
        using var bench = await AccessBench.LoadedAsync(Viewer);
        using var watcher = new AccessWatcher(
            bench.Files, new() { WorkspaceFile = "-", DataFile = "-", PollInterval = TimeSpan.FromMilliseconds(20), SettleTime = TimeSpan.FromMilliseconds(20) }, TimeProvider.System);
        await watcher.StartAsync(CancellationToken.None);
        var changed = new TaskCompletionSource();
        using var listening = bench.Files.NextChange.Register(changed.SetResult);

        await File.WriteAllTextAsync(bench.Options.WorkspaceFile, Operator);

        await changed.Task.WaitAsync(Limit);
        Assert.True(bench.Decide("ana", "run").Allowed);
        await watcher.StopAsync(CancellationToken.None);
    }
}

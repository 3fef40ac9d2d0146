using ChatOps.Checks;

namespace ChatOps.Tests.Checks;

/// <summary>What people are told: every change that is believed, once, and nothing else.</summary>
public sealed class CheckFlowTests
{
    private const string Web = "checks:\n  - { name: web, kind: http, url: 'http://x', interval: 1m, retries: 2, retry_delay: 15s, recover: 2 }";

    [Fact]
    public async Task A_day_without_a_change_says_nothing_and_looks_as_often_as_written()
    {
        await using var harness = await CheckHarness.StartAsync(Web);

        await harness.PassAsync(TimeSpan.FromHours(2));

        Assert.Empty(harness.Replies.Posted);
        Assert.InRange(harness.Prober.Looks["web"], 119, 121);
        Assert.Equal(CheckLevel.Ok, harness.State("web").Level);
    }

    [Fact]
    public async Task A_failure_is_told_once_and_its_end_once()
    {
        await using var harness = await CheckHarness.StartAsync(Web);
        await harness.PassAsync(TimeSpan.FromMinutes(2));

        harness.Prober.Finds("web", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromHours(1));
        var said = Assert.Single(harness.Replies.Said);
        Assert.StartsWith("**Critical** web: It is Critical.", said, StringComparison.Ordinal);
        Assert.Equal("web/owner.checks", harness.Replies.Posted[0].Conversation);

        harness.Prober.Finds("web", CheckLevel.Ok);
        await harness.PassAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, harness.Replies.Said.Count);
        Assert.StartsWith("**Well again** web", harness.Replies.Said[1], StringComparison.Ordinal);
        Assert.Empty(await harness.Store.ReadAsync(s => s.Checks.OpenFindings(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_looks_sooner_while_it_doubts_and_a_failure_that_passes_is_not_told()
    {
        await using var harness = await CheckHarness.StartAsync(Web);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        var before = harness.Prober.Looks["web"];

        harness.Prober.Finds("web", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromSeconds(100));
        Assert.InRange(harness.Prober.Looks["web"] - before, 3, 5);

        await using var flapping = await CheckHarness.StartAsync(Web);
        for (var i = 0; i < 40; i++)
        {
            flapping.Prober.Finds("web", i % 2 == 0 ? CheckLevel.Critical : CheckLevel.Ok);
            await flapping.PassAsync(TimeSpan.FromSeconds(i % 2 == 0 ? 60 : 45));
        }

        Assert.InRange(flapping.Replies.Said.Count, 0, 40);
        Assert.All(flapping.Replies.Said.Where((_, i) => i % 2 == 0), s => Assert.StartsWith("**Critical**", s, StringComparison.Ordinal));
        Assert.All(flapping.Replies.Said.Where((_, i) => i % 2 == 1), s => Assert.StartsWith("**Well again**", s, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_on_many_nodes_is_one_finding_and_what_gets_well_says_what_is_left()
    {
        await using var harness = await CheckHarness.StartAsync("checks:\n  - { name: mem, kind: memory, on: all, retries: 0, recover: 1 }", "a", "b", "c");
        harness.Prober.Finds("mem", CheckLevel.Warning, "a", "b", "c");
        await harness.PassAsync(TimeSpan.FromMinutes(2));

        Assert.StartsWith("**Warning** mem on a, b, c:", Assert.Single(harness.Replies.Said), StringComparison.Ordinal);

        harness.Prober.Finds("mem", CheckLevel.Ok, "a", "b");
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        Assert.Contains("Still bad: c", harness.Replies.Said[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_silence_holds_back_what_is_found_until_it_is_over()
    {
        await using var harness = await CheckHarness.StartAsync(Web);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        await harness.Checks.SilenceAsync(new CheckSilence("web", null, harness.Time.GetUtcNow().AddMinutes(30), "ana", "known"), TestContext.Current.CancellationToken);

        harness.Prober.Finds("web", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromMinutes(20));
        Assert.Empty(harness.Replies.Said);
        Assert.Contains("ana", harness.State("web").Muted, StringComparison.Ordinal);

        await harness.PassAsync(TimeSpan.FromMinutes(15));
        Assert.Single(harness.Replies.Said);
    }

    [Fact]
    public async Task The_end_of_a_silence_by_hand_tells_at_once_and_what_got_well_meanwhile_is_never_told()
    {
        await using var harness = await CheckHarness.StartAsync(Web);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        await harness.Checks.SilenceAsync(new CheckSilence(CheckSilence.EveryCheck, null, harness.Time.GetUtcNow().AddHours(5), "ana", ""), TestContext.Current.CancellationToken);
        harness.Prober.Finds("web", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromMinutes(10));
        harness.Prober.Finds("web", CheckLevel.Ok);
        await harness.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(1, await harness.Checks.UnsilenceAsync(CheckSilence.EveryCheck, null, TestContext.Current.CancellationToken));
        Assert.Empty(harness.Replies.Said);

        await harness.Checks.SilenceAsync(new CheckSilence("web", null, harness.Time.GetUtcNow().AddHours(5), "ana", ""), TestContext.Current.CancellationToken);
        harness.Prober.Finds("web", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromMinutes(10));
        await harness.Checks.UnsilenceAsync("web", null, TestContext.Current.CancellationToken);
        Assert.Single(harness.Replies.Said);
    }

    [Fact]
    public async Task What_depends_on_what_fails_is_not_blamed()
    {
        await using var harness = await CheckHarness.StartAsync("""
            checks:
              - { name: net, kind: tcp, host: x, port: 80, interval: 2m }
              - { name: web, kind: http, url: 'http://x', interval: 30s, depends_on: [net] }
            """);
        await harness.PassAsync(TimeSpan.FromMinutes(5));
        harness.Prober.Finds("net", CheckLevel.Critical);
        harness.Prober.Finds("web", CheckLevel.Critical);

        await harness.PassAsync(TimeSpan.FromMinutes(20));

        Assert.StartsWith("**Critical** net", Assert.Single(harness.Replies.Said), StringComparison.Ordinal);
        Assert.Contains(harness.Replies.Posted[0].Content.Blocks.OfType<ChatOps.Messages.FieldsBlock>().Single().Fields, f => f is { Label: "Silent because of it", Value: "web" });
    }

    [Fact]
    public async Task A_node_that_is_away_is_one_finding_whatever_is_looked_at_there()
    {
        await using var harness = await CheckHarness.StartAsync("checks:\n  - { name: a, kind: memory, on: all }\n  - { name: b, kind: load, on: all }\n  - { name: c, kind: disk, on: all }", "web-1");
        foreach (var name in new[] { "a", "b", "c" }) harness.Prober.IsAway(name, "web-1");

        await harness.PassAsync(TimeSpan.FromMinutes(10));

        Assert.StartsWith("**Cannot be checked** node on web-1", Assert.Single(harness.Replies.Said), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_process_that_dies_forgets_nothing_that_was_told_and_says_nothing_twice()
    {
        var harness = await CheckHarness.StartAsync(Web);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        harness.Prober.Finds("web", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Single(harness.Replies.Said);
        var since = harness.State("web").Since;

        await using var next = await harness.CrashAsync();
        Assert.Equal((CheckLevel.Critical, since), (next.State("web").Level, next.State("web").Since));
        await next.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Single(next.Replies.Said);

        next.Prober.Finds("web", CheckLevel.Ok);
        await next.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(2, next.Replies.Said.Count);
    }

    [Fact]
    public async Task What_was_found_and_not_told_when_the_process_died_is_told_by_the_next()
    {
        var harness = await CheckHarness.StartAsync(Web);
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        await harness.Checks.SilenceAsync(new CheckSilence("web", null, harness.Time.GetUtcNow().AddMinutes(10), "ana", ""), TestContext.Current.CancellationToken);
        harness.Prober.Finds("web", CheckLevel.Critical);
        await harness.PassAsync(TimeSpan.FromMinutes(6));

        await using var next = await harness.CrashAsync();
        await next.PassAsync(TimeSpan.FromSeconds(30));
        Assert.Empty(next.Replies.Said);
        await next.PassAsync(TimeSpan.FromMinutes(5));
        Assert.Single(next.Replies.Said);
    }

    [Fact]
    public async Task Files_are_read_again_when_they_change_and_a_bad_one_leaves_the_rest_in_force()
    {
        await using var harness = await CheckHarness.StartAsync(Web);
        await harness.PassAsync(TimeSpan.FromMinutes(2));

        harness.Write("b.yaml", "checks:\n  - { name: mem, kind: memory, on: all }\n  - { name: bad, kind: memoryy, on: all }");
        await harness.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["mem", "web"], harness.Checks.Written.Select(c => c.Name));
        var problem = Assert.Single(harness.Checks.Problems);
        Assert.Equal(("b.yaml", 3), (Path.GetFileName(problem.File), problem.Line));

        harness.Write("c.yaml", "checks:\n  - { name: web, kind: load, on: all, depends_on: [gone] }\n  - { name: d, kind: load, on: all, depends_on: [gone] }");
        harness.Delete("b.yaml");
        await harness.PassAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(["d", "web"], harness.Checks.Written.Select(c => c.Name));
        Assert.Contains(harness.Checks.Problems, p => p.Reason.Contains("already used in", StringComparison.Ordinal));
        Assert.Contains(harness.Checks.Problems, p => p.Reason.Contains("there is no such check", StringComparison.Ordinal));

        harness.Delete("a.yaml");
        await harness.PassAsync(TimeSpan.FromSeconds(10));
        Assert.DoesNotContain(harness.Checks.States, s => s.Key == new CheckKey("web", CheckKey.Gateway) && s.Kind == "http");
    }

    [Fact]
    public async Task A_node_that_leaves_the_fleet_takes_its_states_and_findings_with_it()
    {
        await using var harness = await CheckHarness.StartAsync("checks:\n  - { name: mem, kind: memory, on: all, retries: 0 }", "a", "b");
        harness.Prober.Finds("mem", CheckLevel.Warning, "a", "b");
        await harness.PassAsync(TimeSpan.FromMinutes(2));
        harness.Fleet.Remove("a");
        harness.Prober.Finds("mem", CheckLevel.Warning, "b");

        await harness.PassAsync(TimeSpan.FromMinutes(3));

        Assert.Equal("b", Assert.Single(harness.Checks.States).Key.Target);
        Assert.Equal(["b"], Assert.Single(await harness.Store.ReadAsync(s => s.Checks.OpenFindings(10), TestContext.Current.CancellationToken)).Targets);
        Assert.Single(harness.Replies.Said);
    }

    [Fact]
    public async Task Asked_for_now_it_looks_now_and_says_what_changed_where_it_always_does()
    {
        await using var harness = await CheckHarness.StartAsync("checks:\n  - { name: web, kind: http, url: 'http://x', retries: 0, sets: [outside], to: 'slack:C1' }\n  - { name: off, kind: load, on: all, enabled: false }");
        harness.Prober.Finds("web", CheckLevel.Critical);

        var states = await harness.Checks.RunAsync("outside", TestContext.Current.CancellationToken);

        Assert.Equal(CheckLevel.Critical, Assert.Single(states!).Level);
        Assert.Equal("slack/C1", Assert.Single(harness.Replies.Posted).Conversation);
        Assert.Null(await harness.Checks.RunAsync("inside", TestContext.Current.CancellationToken));
        Assert.Single((await harness.Checks.RunAsync("all", TestContext.Current.CancellationToken))!);
        Assert.Single((await harness.Checks.RunAsync("off", TestContext.Current.CancellationToken))!);
    }

    [Fact]
    public async Task What_was_measured_is_kept_by_the_hour_also_over_a_crash_and_no_longer_than_it_is_wanted()
    {
        var harness = await CheckHarness.StartAsync(Web);
        var began = harness.Time.GetUtcNow();
        harness.Prober.Measures("web", () => Math.Floor((harness.Time.GetUtcNow() - began).TotalHours));
        await harness.PassAsync(TimeSpan.FromHours(4.2));
        harness = await harness.CrashAsync();
        await using var later = harness;
        await harness.PassAsync(TimeSpan.FromHours(1));
        var key = new CheckKey("web", CheckKey.Gateway);

        var kept = await harness.Store.ReadAsync(s => s.Checks.Values(key, began), TestContext.Current.CancellationToken);
        Assert.Equal([0, 1, 2, 3, 4], kept.Select(s => Math.Floor(s.Value!.Value)));
        Assert.All(kept.Zip(kept.Skip(1)), pair => Assert.Equal(TimeSpan.FromHours(1), pair.Second.At - pair.First.At));
        var all = await harness.Checks.ValuesAsync(key, began, TestContext.Current.CancellationToken);
        Assert.True(all.Count > kept.Count && all[^1].At > kept[^1].At);

        var removed = await harness.Store.WriteAsync(s => s.Checks.PruneValues(kept[2].At), TestContext.Current.CancellationToken);
        Assert.Equal((2, kept[2].At), (removed, (await harness.Store.ReadAsync(s => s.Checks.Values(key, began), TestContext.Current.CancellationToken))[0].At));
    }
}

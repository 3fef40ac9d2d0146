using ChatOps.Agent.Models;
using ChatOps.Agent.Models.Costs;
using ChatOps.Costs;
using ChatOps.Testing;
using ChatOps.Testing.Models;

namespace ChatOps.Tests.Agent.Models;

public sealed class CostTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task Each_request_is_written_with_its_tokens_and_its_price(string provider)
    {
        await using var server = await ModelServer.StartAsync(ModelReply.Say("ok") with { InputTokens = 1000, CachedTokens = 400, OutputTokens = 50 });
        var entry = ModelsHarness.Entry(server, provider);
        entry.Prices.CachedInput = 0.1m;
        await using var harness = new ModelsHarness(ModelsHarness.Options(entry));
        await harness.StepAsync(ModelsHarness.Ask("?") with { Payer = new("ada", "web:ada", "nightly") }, Cancel);

        // 600 at 1, 400 at 0.1 and 50 at 10 dollars a million, in millionths of a dollar.
        var expected = new UsageSum("ada", 1, 1000, 50, 600 + 40 + 500, 0, 0);
        Assert.Equal([expected], await harness.ReadAsync(s => s.Usage.Sum(UsageGroup.Person, DateTimeOffset.UnixEpoch, 10)));
        foreach (var (group, key) in new[] { (UsageGroup.Conversation, "web:ada"), (UsageGroup.Model, "main"), (UsageGroup.Schedule, "nightly") })
            Assert.Equal([expected with { Key = key }], await harness.ReadAsync(s => s.Usage.Sum(group, DateTimeOffset.UnixEpoch, 10)));
    }

    [Fact]
    public async Task What_requests_cost_is_kept_for_its_time_and_then_removed()
    {
        var time = new FakeTimeProvider();
        await using var server = await ModelServer.StartAsync();
        server.Otherwise = _ => ModelReply.Say("ok") with { InputTokens = 1000, OutputTokens = 50 };
        var options = ModelsHarness.Options(ModelsHarness.Entry(server));
        await using var harness = new ModelsHarness(options, time);
        await harness.StepAsync(ModelsHarness.Ask("?"), Cancel);
        time.Advance(options.KeepUsage - TimeSpan.FromDays(1));
        await harness.StepAsync(ModelsHarness.Ask("?"), Cancel);
        var sweep = harness.Sweep("model usage");
        async Task<long> RequestsAsync() => (await harness.ReadAsync(s => s.Usage.Sum(UsageGroup.Model, DateTimeOffset.UnixEpoch, 10))).Sum(s => s.Requests);

        await sweep.SweepAsync(atStart: true, Cancel);
        Assert.Equal(2, await RequestsAsync());
        time.Advance(TimeSpan.FromDays(1.1));
        await sweep.SweepAsync(atStart: false, Cancel);
        Assert.Equal(1, await RequestsAsync());
    }

    [Fact]
    public async Task What_failed_costs_nothing_and_what_broke_off_is_estimated()
    {
        await using var server = await ModelServer.StartAsync(ModelReply.Fail(500), ModelReply.Say("A beginning") with { NoEnd = true }, ModelReply.Say(" and an end."));
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server)));
        await harness.StepAsync(ModelsHarness.Ask("?"), Cancel);
        var sum = Assert.Single(await harness.ReadAsync(s => s.Usage.Sum(UsageGroup.Model, DateTimeOffset.UnixEpoch, 10)));
        Assert.Equal((2L, 1L), (sum.Requests, sum.Estimated));
        Assert.True(sum.Cost > 0);
    }

    [Theory]
    [InlineData(nameof(BudgetScope.Person), "cost raise person ada")]
    [InlineData(nameof(BudgetScope.Conversation), "cost raise conversation web:ada")]
    [InlineData(nameof(BudgetScope.Day), "cost raise day")]
    public async Task At_its_limit_a_budget_stops_the_step_before_it_begins_and_raised_it_goes_on(string scope, string command)
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise = _ => ModelReply.Say("ok") with { InputTokens = 1000, OutputTokens = 1000 };
        var options = ModelsHarness.Options(ModelsHarness.Entry(server));
        var limit = 0.06m;
        if (scope == nameof(BudgetScope.Person)) options.Budgets.Person = limit;
        else if (scope == nameof(BudgetScope.Conversation)) options.Budgets.Conversation = limit;
        else options.Budgets.Day = limit;
        // A day's budget ends with the day, and the real one may end while this runs.
        var time = new FakeTimeProvider();
        await using var harness = new ModelsHarness(options, time);
        await harness.StepAsync(ModelsHarness.Ask("?"), Cancel);
        await harness.StepAsync(ModelsHarness.Ask("?"), Cancel);
        var failure = await harness.FailAsync(ModelsHarness.Ask("?"), Cancel);
        Assert.Equal(ModelFailure.OverBudget, failure.Failure);
        Assert.StartsWith(command, failure.Remedy, StringComparison.Ordinal);
        Assert.Contains("$0.06", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);

        var budgets = harness.Get<IBudgets>();
        var state = Assert.Single(await harness.ReadAsync(s => budgets.Look(s, "ada", "web:ada")));
        Assert.True(state.Spent <= state.Limit);
        await harness.Get<ChatOps.Storage.IStore>().WriteAsync(
            s =>
            {
                s.Usage.Raise(new BudgetRaise("r1", DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), state.Scope, state.Subject, Money.Dollar, "root", time.GetUtcNow()));
                return true;
            },
            Cancel);
        await harness.StepAsync(ModelsHarness.Ask("?"), Cancel);
    }

    [Fact]
    public async Task Turns_at_the_same_time_cannot_pass_a_budget_together()
    {
        var open = new TaskCompletionSource();
        await using var server = await ModelServer.StartAsync();
        server.Otherwise = _ => ModelReply.Say("ok") with { Before = _ => open.Task };
        var options = ModelsHarness.Options(ModelsHarness.Entry(server));
        options.Budgets.Person = 0.1m; // A step may cost up to 0.041: two fit, three do not.
        await using var harness = new ModelsHarness(options);
        var steps = Enumerable.Range(0, 8).Select(_ => harness.StepAsync(ModelsHarness.Ask("?"), Cancel)).ToList();
        await Until.TrueAsync(() => steps.Count(s => s.IsFaulted) == 6);
        Assert.All(steps.Where(s => s.IsFaulted), s => Assert.Equal(ModelFailure.OverBudget, Assert.IsType<ModelException>(s.Exception!.InnerException).Failure));
        open.SetResult();
        await Task.WhenAll(steps.Where(s => !s.IsFaulted));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_new_day_is_a_new_budget()
    {
        var time = new FakeTimeProvider();
        await using var server = await ModelServer.StartAsync();
        server.Otherwise = _ => ModelReply.Say("ok") with { OutputTokens = 4000 };
        var options = ModelsHarness.Options(ModelsHarness.Entry(server));
        options.Budgets.Day = 0.05m;
        await using var harness = new ModelsHarness(options, time);
        await harness.StepAsync(ModelsHarness.Ask("?"), Cancel);
        await harness.FailAsync(ModelsHarness.Ask("?"), Cancel);
        time.Advance(TimeSpan.FromDays(1));
        await harness.StepAsync(ModelsHarness.Ask("?"), Cancel);
    }

    [Fact]
    public void Prices_are_found_by_name_by_family_in_a_file_of_ones_own_and_for_machines_of_ones_own()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "prices.json");
        File.WriteAllText(file, """{ "date": "2026-11-01", "models": { "openai/gpt-4.1": { "input": 7, "output": 9 }, "groq/llama": { "input": 1, "output": 2 } } }""");
        var (shipped, _) = PriceList.Load(null);
        var (own, problem) = PriceList.Load(file);
        Assert.Null(problem);
        Assert.Equal(new ModelPrice(2, 8, 0.5m), shipped.Of(Entry("openai", "gpt-4.1-2025-04-14")));
        Assert.Equal(new ModelPrice(7, 9), own.Of(Entry("openai", "gpt-4.1")));
        Assert.Equal(new ModelPrice(1, 2), own.Of(Entry("groq", "llama")));
        Assert.Equal(ModelPrice.Free, shipped.Of(Entry("ollama", "llama3.3")));
        Assert.Null(shipped.Of(Entry("groq", "llama")));
        File.WriteAllText(file, """{ "models": 5 }""");
        Assert.Contains("line 1", PriceList.Load(file).Problem, StringComparison.Ordinal);
        Assert.NotNull(PriceList.Load(file + ".missing").Problem);
    }

    [Fact]
    public void Every_provider_in_the_shipped_list_has_a_source_with_its_day()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream("ChatOps.Agent.Models.Costs.prices.json")!;
        var file = System.Text.Json.JsonSerializer.Deserialize<PricesFile>(stream, System.Text.Json.JsonSerializerOptions.Web)!;

        foreach (var provider in file.Models.Keys.Select(k => k.Split('/')[0]).Distinct())
            Assert.Matches(@"\d{4}-\d{2}-\d{2}", Assert.Single(file.Sources, s => s.StartsWith(provider + ": ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Health_names_each_endpoint_with_its_last_use_and_its_last_error()
    {
        await using var server = await ModelServer.StartAsync(ModelReply.Say("ok"), ModelReply.Fail(400));
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server)));
        await harness.StepAsync(ModelsHarness.Ask("?"), Cancel);
        await harness.FailAsync(ModelsHarness.Ask("?"), Cancel);
        var health = await harness.Get<IEnumerable<ChatOps.Diagnostics.IHealthPart>>().Single(p => p.Name == "models").CheckAsync(Cancel);
        var line = health.Facts["0:main"];
        Assert.Contains("in use", line, StringComparison.Ordinal);
        Assert.Contains("last answer", line, StringComparison.Ordinal);
        Assert.Contains("refuses the request (400", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task The_check_says_whether_key_address_and_model_are_right_and_asks_no_model(string provider)
    {
        await using var server = await ModelServer.StartAsync();
        await using var right = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server, provider)));
        Assert.Equal("model.ok", Assert.Single(await right.Get<ChatOps.Models.IModelCheck>().CheckAsync(Cancel)).Id);

        var unlisted = ModelsHarness.Entry(server, provider);
        unlisted.Model = "other";
        await using var other = new ModelsHarness(ModelsHarness.Options(unlisted));
        Assert.Equal("model.unlisted", Assert.Single(await other.Get<ChatOps.Models.IModelCheck>().CheckAsync(Cancel)).Id);

        var wrong = ModelsHarness.Entry(server, provider);
        wrong.ApiKey = "sk-wrong-0123456789abcdefghijklmnopq";
        await using var refused = new ModelsHarness(ModelsHarness.Options(wrong));
        var finding = Assert.Single(await refused.Get<ChatOps.Models.IModelCheck>().CheckAsync(Cancel));
        Assert.Equal("model.key", finding.Id);
        Assert.DoesNotContain("sk-wrong", finding.ToString(), StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    private static ModelOptions Entry(string provider, string model) => new() { Name = "x", Provider = provider, Model = model };
}

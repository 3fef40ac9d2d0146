using System.Diagnostics;
using ChatOps.Agent.Models;
using ChatOps.Testing;
using ChatOps.Testing.Models;

namespace ChatOps.Tests.Agent.Models;

public sealed class ResilienceTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_may_be_answered_by_a_fallback_fits_into_the_smallest_window_of_those_who_may_answer()
    {
        await using var server = await ModelServer.StartAsync();
        var (main, spare, unused) = (ModelsHarness.Entry(server), ModelsHarness.Entry(server, name: "spare"), ModelsHarness.Entry(server, name: "unused"));
        (main.ContextTokens, spare.ContextTokens, unused.ContextTokens) = (100_000, 20_000, 5_000);
        (main.MaxTokens, spare.MaxTokens, unused.MaxTokens) = (1_000, 2_000, 500);
        var options = ModelsHarness.Options(main, spare, unused);
        options.Fallbacks = ["spare"];
        await using var harness = new ModelsHarness(options);
        Assert.Equal(new ModelLimits(20_000, 1_000), harness.Models.LimitsOf(null));
        Assert.Equal(new ModelLimits(5_000, 500), harness.Models.LimitsOf("unused"));
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_service_that_is_asked_too_often_is_asked_again_after_its_pause(string provider)
    {
        await using var server = await ModelServer.StartAsync(ModelReply.Fail(429, "rate_limit", 1), ModelReply.Say("Now."));
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server, provider)));
        var begun = Stopwatch.GetTimestamp();
        Assert.Equal("Now.", (await harness.StepAsync(ModelsHarness.Ask("?"), Cancel)).Message.Text);
        Assert.True(Stopwatch.GetElapsedTime(begun) >= Short - TimeSpan.FromMilliseconds(50));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task A_pause_that_is_too_long_is_told_to_the_person()
    {
        await using var server = await ModelServer.StartAsync(ModelReply.Fail(429, "rate_limit", 600));
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server)));
        var failure = await harness.FailAsync(ModelsHarness.Ask("?"), Cancel);
        Assert.Equal(ModelFailure.Overloaded, failure.Failure);
        Assert.Contains("600 s", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(500, nameof(ModelFailure.Unreachable), 3)]
    [InlineData(529, nameof(ModelFailure.Overloaded), 3)]
    [InlineData(400, nameof(ModelFailure.Refused), 1)]
    [InlineData(404, nameof(ModelFailure.Refused), 1)]
    [InlineData(413, nameof(ModelFailure.Refused), 1)]
    [InlineData(402, nameof(ModelFailure.Rejected), 1)]
    [InlineData(302, nameof(ModelFailure.Unreachable), 1)]
    public async Task A_refusal_is_tried_again_only_where_that_can_help(int status, string failure, int times)
    {
        foreach (var provider in (string[])["openai", "anthropic"])
        {
            await using var server = await ModelServer.StartAsync();
            server.Otherwise = _ => ModelReply.Fail(status);
            await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server, provider)));
            var thrown = await harness.FailAsync(ModelsHarness.Ask("?"), Cancel);
            Assert.Equal(failure, thrown.Failure.ToString());
            Assert.Equal(times, server.Requests.Count);
            Assert.DoesNotContain("What the script says", thrown.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("openai")]
    [InlineData("anthropic")]
    public async Task A_wrong_key_is_told_and_stands_nowhere(string provider)
    {
        const string Wrong = "sk-wrong-0123456789abcdefghijklmnopq";
        await using var server = await ModelServer.StartAsync();
        var entry = ModelsHarness.Entry(server, provider);
        entry.ApiKey = Wrong;
        await using var harness = new ModelsHarness(ModelsHarness.Options(entry));
        using var traces = new ActivityListener { ShouldListenTo = _ => true, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded };
        var seen = new System.Collections.Concurrent.ConcurrentQueue<string>();
        traces.ActivityStopped = a => seen.Enqueue(string.Join(' ', a.TagObjects.Select(t => $"{t.Key}={t.Value}")) + a.StatusDescription);
        ActivitySource.AddActivityListener(traces);
        var failure = await harness.FailAsync(ModelsHarness.Ask("?"), Cancel);
        Assert.Equal(ModelFailure.Rejected, failure.Failure);
        Assert.Contains("refuses the key", failure.Message, StringComparison.Ordinal);
        Assert.NotEmpty(harness.Log);
        foreach (var text in harness.Log.Append(failure.ToString()).Concat(seen).Append(harness.Configured.Pools[0].Endpoints[0].State.ToString())) Assert.DoesNotContain(Wrong, text, StringComparison.Ordinal);
        Assert.Contains(server.Violations, v => v.Contains(Wrong, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_was_rotated_works_without_a_restart()
    {
        using var directory = new TempDirectory();
        var file = Path.Combine(directory.Path, "key");
        await using var server = await ModelServer.StartAsync(ModelReply.Say("one"), ModelReply.Say("two"));
        await File.WriteAllTextAsync(file, server.Key + "\n", Cancel);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        var entry = ModelsHarness.Entry(server);
        entry.ApiKey = $"${{file:{file}}}";
        await using var harness = new ModelsHarness(ModelsHarness.Options(entry));
        Assert.Equal("one", (await harness.StepAsync(ModelsHarness.Ask("?"), Cancel)).Message.Text);
        server.Key = "sk-rotated-0123456789abcdefghijklmno";
        Assert.Equal(ModelFailure.Rejected, (await harness.FailAsync(ModelsHarness.Ask("?"), Cancel)).Failure);
        await File.WriteAllTextAsync(file, server.Key, Cancel);
        Assert.Equal("two", (await harness.StepAsync(ModelsHarness.Ask("?"), Cancel)).Message.Text);
    }

    [Theory]
    [InlineData("openai", false)]
    [InlineData("openai", true)]
    [InlineData("anthropic", false)]
    [InlineData("anthropic", true)]
    public async Task An_answer_that_broke_off_is_gone_on_with_and_nothing_is_said_twice(string provider, bool quietly)
    {
        await using var server = await ModelServer.StartAsync();
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server, provider)));
        const string Begun = "The disk of web-1 is full: 98 % of 40 GiB";
        server.Say(ModelReply.CutAfter(Begun, () => harness.ShownText == Begun) with { Cut = !quietly, NoEnd = quietly }, ModelReply.Say(" are used. Delete old logs."));
        var step = await harness.StepAsync(ModelsHarness.Ask("Why?"), Cancel);
        Assert.Equal("The disk of web-1 is full: 98 % of 40 GiB are used. Delete old logs.", step.Message.Text);
        Assert.Equal(step.Message.Text, harness.ShownText);
        Assert.Contains("98 % of 40 GiB", server.Requests[1].Messages.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(server.Violations);
    }

    [Theory]
    [InlineData("The disk of web-1 is full: 98 % of 40 GiB are used.")]
    [InlineData("is full: 98 % of 40 GiB are used.")]
    [InlineData(" are used.")]
    public async Task What_the_next_attempt_repeats_is_left_out(string next)
    {
        await using var server = await ModelServer.StartAsync();
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server)));
        const string Begun = "The disk of web-1 is full: 98 % of 40 GiB";
        server.Say(ModelReply.CutAfter(Begun, () => harness.ShownText == Begun), ModelReply.Say(next));
        var step = await harness.StepAsync(ModelsHarness.Ask("Why?"), Cancel);
        Assert.Equal("The disk of web-1 is full: 98 % of 40 GiB are used.", step.Message.Text);
        Assert.Equal(step.Message.Text, harness.ShownText);
    }

    [Fact]
    public async Task An_answer_that_always_breaks_off_ends_as_such()
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise = _ => ModelReply.Say("Well, ") with { NoEnd = true };
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server)));
        Assert.Equal(ModelFailure.Truncated, (await harness.FailAsync(ModelsHarness.Ask("?"), Cancel)).Failure);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("openai", "data: {\"id\": 3, nonsense\n\n")]
    [InlineData("openai", "<html>Welcome to the proxy</html>")]
    [InlineData("anthropic", "event: message_start\ndata: {nonsense\n\n")]
    [InlineData("anthropic", "<html>Welcome to the proxy</html>")]
    public async Task Nonsense_is_told_as_such(string provider, string raw)
    {
        await using var server = await ModelServer.StartAsync();
        server.Otherwise = _ => new ModelReply { Raw = raw };
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server, provider)));
        var failure = await harness.FailAsync(ModelsHarness.Ask("?"), Cancel);
        Assert.Contains(failure.Failure, (ModelFailure[])[ModelFailure.Malformed, ModelFailure.Truncated, ModelFailure.Overloaded]);
        Assert.DoesNotContain("Welcome", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_first_word_that_does_not_come_is_not_waited_for_for_ever()
    {
        await using var server = await ModelServer.StartAsync(new ModelReply { Before = cancel => Task.Delay(Timeout.Infinite, cancel) });
        server.Otherwise = _ => ModelReply.Say("Here.");
        var entry = ModelsHarness.Entry(server);
        entry.FirstTokenTimeout = Short;
        await using var harness = new ModelsHarness(ModelsHarness.Options(entry));
        Assert.Equal("Here.", (await harness.StepAsync(ModelsHarness.Ask("?"), Cancel)).Message.Text);
    }

    [Fact]
    public async Task A_step_that_is_stopped_closes_its_connection()
    {
        await using var server = await ModelServer.StartAsync(ModelReply.Say("Wait") with { AfterText = cancel => Task.Delay(Timeout.Infinite, cancel) });
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var step = harness.StepAsync(ModelsHarness.Ask("?"), stop.Token);
        await Until.TrueAsync(() => harness.ShownText == "Wait");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => step);
        await Until.TrueAsync(() => server.Open == 0);
    }

    [Fact]
    public async Task One_name_on_two_endpoints_is_balanced()
    {
        await using var a = await ModelServer.StartAsync();
        await using var b = await ModelServer.StartAsync();
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(a), ModelsHarness.Entry(b)));
        for (var i = 0; i < 10; i++) await harness.StepAsync(ModelsHarness.Ask("?"), Cancel);
        Assert.Equal((5, 5), (a.Requests.Count, b.Requests.Count));
        Assert.Equal(["main"], harness.Models.Names);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(401)]
    [InlineData(429)]
    public async Task An_endpoint_that_fails_is_made_up_for_by_the_other_at_once(int status)
    {
        await using var bad = await ModelServer.StartAsync();
        await using var good = await ModelServer.StartAsync();
        bad.Otherwise = _ => ModelReply.Fail(status, retryAfter: 3600);
        good.Otherwise = _ => ModelReply.Say("Good.");
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(bad), ModelsHarness.Entry(good)));
        for (var i = 0; i < 4; i++) Assert.Equal("Good.", (await harness.StepAsync(ModelsHarness.Ask("?"), Cancel)).Message.Text);
        Assert.Equal(4, good.Requests.Count);
    }

    [Fact]
    public async Task Fallbacks_are_asked_in_order_and_go_on_with_what_was_shown()
    {
        await using var first = await ModelServer.StartAsync();
        await using var second = await ModelServer.StartAsync(ModelReply.Say(" and more."));
        var options = ModelsHarness.Options(ModelsHarness.Entry(first), ModelsHarness.Entry(second, "anthropic", "spare"));
        options.Fallbacks = ["spare"];
        await using var harness = new ModelsHarness(options);
        first.Say(ModelReply.CutAfter("A beginning", () => harness.ShownText == "A beginning"));
        first.Otherwise = _ => ModelReply.Fail(500);
        var step = await harness.StepAsync(ModelsHarness.Ask("?"), Cancel);
        Assert.Equal("spare", step.ModelName);
        Assert.Equal("A beginning and more.", step.Message.Text);
        Assert.Equal(step.Message.Text, harness.ShownText);
    }

    [Fact]
    public async Task An_endpoint_that_fails_again_and_again_is_left_in_peace_and_tried_again_later()
    {
        var time = new FakeTimeProvider();
        await using var server = await ModelServer.StartAsync();
        server.Otherwise = _ => ModelReply.Fail(500);
        var entry = ModelsHarness.Entry(server);
        entry.Attempts = 1;
        await using var harness = new ModelsHarness(ModelsHarness.Options(entry), time);
        for (var i = 0; i < 4; i++) await harness.FailAsync(ModelsHarness.Ask("?"), Cancel);
        var asked = server.Requests.Count;
        var failure = await harness.FailAsync(ModelsHarness.Ask("?"), Cancel);
        Assert.Contains("left in peace", failure.Message, StringComparison.Ordinal);
        Assert.Equal(asked, server.Requests.Count);
        Assert.True(harness.Configured.Pools[0].Endpoints[0].IsResting);
        server.Otherwise = _ => ModelReply.Say("Well again.");
        time.Advance(TimeSpan.FromSeconds(16));
        Assert.Equal("Well again.", (await harness.StepAsync(ModelsHarness.Ask("?"), Cancel)).Message.Text);
        Assert.False(harness.Configured.Pools[0].Endpoints[0].IsResting);
    }

    [Fact]
    public async Task More_steps_than_places_wait_and_more_than_may_wait_are_refused()
    {
        var open = new TaskCompletionSource();
        await using var server = await ModelServer.StartAsync();
        server.Otherwise = _ => ModelReply.Say("ok") with { Before = _ => open.Task };
        var entry = ModelsHarness.Entry(server);
        entry.MaxParallel = 2;
        var options = ModelsHarness.Options(entry);
        options.MaxWaiting = 1;
        await using var harness = new ModelsHarness(options);
        var steps = Enumerable.Range(0, 4).Select(_ => harness.StepAsync(ModelsHarness.Ask("?"), Cancel)).ToList();
        await Until.TrueAsync(() => server.Open == 2 && steps.Any(s => s.IsFaulted));
        Assert.Equal(ModelFailure.Overloaded, Assert.IsType<ModelException>(steps.Single(s => s.IsFaulted).Exception!.InnerException).Failure);
        open.SetResult();
        await Task.WhenAll(steps.Where(s => !s.IsFaulted));
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Nobody_there_is_told_with_what_to_look_at()
    {
        var entry = new ModelOptions { Name = "main", Provider = "ollama", Model = "llama", BaseUrl = "http://127.0.0.1:1/v1" };
        await using var harness = new ModelsHarness(ModelsHarness.Options(entry));
        var failure = await harness.FailAsync(ModelsHarness.Ask("?"), Cancel);
        Assert.Equal(ModelFailure.Unreachable, failure.Failure);
        Assert.Contains("127.0.0.1:1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("BaseUrl", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_model_the_person_is_told_what_to_configure()
    {
        await using var harness = new ModelsHarness(new ModelsOptions());
        Assert.False(harness.Models.Any);
        Assert.Equal(ModelFailure.NotConfigured, (await harness.FailAsync(ModelsHarness.Ask("?"), Cancel)).Failure);
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_answered_with_the_nearest()
    {
        await using var server = await ModelServer.StartAsync();
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server)));
        Assert.Contains("Did you mean 'main'?", (await harness.FailAsync(ModelsHarness.Ask("?") with { Model = "mian" }, Cancel)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_megabytes_of_arguments_are_not_kept()
    {
        await using var server = await ModelServer.StartAsync();
        var chunk = """data: {"id":"a","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"x","type":"function","function":{"name":"run","arguments":"ARGUMENTS"}}]},"finish_reason":null}]}""".Replace("ARGUMENTS", new string('x', 100_000), StringComparison.Ordinal) + "\n\n";
        server.Otherwise = _ => new ModelReply { Raw = string.Concat(Enumerable.Repeat(chunk, 100)) };
        await using var harness = new ModelsHarness(ModelsHarness.Options(ModelsHarness.Entry(server)));
        Assert.Equal(ModelFailure.Malformed, (await harness.FailAsync(ModelsHarness.Ask("?"), Cancel)).Failure);
        Assert.Single(server.Requests);
    }
}

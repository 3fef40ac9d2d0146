using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Agent;
using ChatOps.EndToEnd.Fleet;
using ChatOps.EndToEnd.Harness;
using ChatOps.EndToEnd.Http;
using ChatOps.Testing.Models;
using ChatOps.Testing.Telegram;

namespace ChatOps.EndToEnd.Stores;

/// <summary>A model speaks to one gateway, and people see its words where another one speaks with them, while it speaks.</summary>
public sealed class LiveWordsTests(ITestOutputHelper output)
{
    private const string Node = "web-1";
    private const string Headline = "Working on:";

    // A passing state that waited for its pace would be here by then.
    private static readonly TimeSpan LateComers = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task What_a_model_says_to_a_worker_is_read_on_the_platform_and_at_the_console_of_another_gateway_while_it_speaks_and_its_answer_stands_last_and_once()
    {
        await using var group = await GatewayGroup.StartAsync();
        await using var model = await ModelServer.StartAsync();
        using var goOn = new SemaphoreSlim(0);
        model.Otherwise = asked => ModelGateway.Turn(asked).Results.Count == 0
            ? Held(goOn, "First I look at the clock. ") with { Calls = [new ModelCall("run", """{"command_line":"cat /proc/uptime","on":"local"}""")] }
            : Held(goOn, "It has been up for long. ");
        var front = await group.GatewayAsync("front", "channels,console", more: ModelGateway.Settings(model));
        await group.GatewayAsync("worker", "workers,scheduler,relay", more: ModelGateway.Settings(model));
        await group.UntilAsync(() => group.Telegram.IsPolled, "Nobody polls.");

        // On the platform: the words of each step before the step is over.
        group.BenSays("how long is it up?");
        await SeenAsync(group, model, "look at the clock");
        goOn.Release();
        await SeenAsync(group, model, "up for long");
        goOn.Release();
        await AnsweredAsync(group, "up for long");

        // At the console: the same by its events.
        using var chat = await Chat.OpenAsync(front, "ops");
        using var said = await chat.SayAsync("and now?");
        await PassesAsync(chat, model, "look at the clock");
        goOn.Release();
        await PassesAsync(chat, model, "up for long");
        goOn.Release();
        await group.UntilAsync(() => Events(chat).Any(e => (string?)e["event"] == "message" && IsAnswer(e)), "The console got no answer.");
        await Task.Delay(LateComers);
        var answer = (string)Events(chat).Last(IsAnswer)["id"]!;
        Assert.Equal("message", (string?)Events(chat).Last(e => (string?)e["id"] == answer)["event"]);
        Assert.Empty(model.Violations);
        Assert.Empty(group.Telegram.Violations);

        static bool IsAnswer(JsonNode one) => one.ToJsonString() is var text && text.Contains("up for long", StringComparison.Ordinal) && !text.Contains(Headline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_worker_is_killed_while_the_model_speaks_its_successors_words_are_seen_and_the_answer_comes_once()
    {
        await using var group = await GatewayGroup.StartAsync();
        await using var model = await ModelServer.StartAsync();
        using var goOn = new SemaphoreSlim(0);
        var telling = 0;
        model.Otherwise = _ => Held(goOn, string.Create(CultureInfo.InvariantCulture, $"Telling number {Interlocked.Increment(ref telling)} begins. "));
        await group.GatewayAsync("front", "channels,console", more: ModelGateway.Settings(model));
        var worker = await group.GatewayAsync("worker", "workers,scheduler,relay", more: ModelGateway.Settings(model));
        await group.UntilAsync(() => group.Telegram.IsPolled, "Nobody polls.");

        // Its first words are there before the message that they come into.
        group.Telegram.Fail(new TelegramFault { Method = "sendMessage", Delay = TimeSpan.FromSeconds(2) });
        group.BenSays("tell me something");
        await SeenAsync(group, model, "Telling number 1");
        await group.GatewayAsync("second-worker", "workers,scheduler,relay", more: ModelGateway.Settings(model));
        worker.Kill();
        await SeenAsync(group, model, "Telling number 2");
        goOn.Release();
        await AnsweredAsync(group, "Telling number 2");
        Assert.Equal(2, telling);
        Assert.Empty(group.Telegram.Violations);
    }

    [Fact]
    public async Task What_an_approved_run_puts_out_is_read_on_its_card_at_another_gateway_while_it_runs_and_its_end_stands_there()
    {
        await using var group = await GatewayGroup.StartAsync();
        var front = await group.GatewayAsync("front", "channels,console");
        var worker = await group.GatewayAsync("worker", "workers,scheduler,relay");
        await using var daemon = group.Daemon(Node, await front.TokenAsync(), worker.Address);
        foreach (var gateway in (GatewayProcess[])[front, worker]) await gateway.OnlineAsync(daemon, Node);
        group.BenSays($"/run sh -c 'echo begun-$((40+2)); while [ ! -e {group.In("go")} ]; do sleep 0.05; done; echo ended-$((40+2))' --on {Node}");
        await front.CallAsync("approvals_approve", new { id = await group.WaitingAsync(front, group.In("go")) });
        await group.UntilAsync(() => group.ToBen.Any(p => p.Text.Contains("begun-42", StringComparison.Ordinal)), "Its output was not seen.");
        var card = group.ToBen.Single(p => p.Text.Contains("begun-42", StringComparison.Ordinal));
        Assert.DoesNotContain("ended-42", card.Text, StringComparison.Ordinal);
        output.WriteLine($"seen while it runs: {card.Text.ReplaceLineEndings(" / ")}");

        await File.WriteAllTextAsync(group.In("go"), "");
        await group.UntilAsync(() => Card().Text.Contains("ended-42", StringComparison.Ordinal), "Its end was not seen.");
        await Task.Delay(LateComers);
        Assert.Contains("ended-42", Card().Text, StringComparison.Ordinal);
        Assert.DoesNotContain("output so far", Card().Text, StringComparison.Ordinal);
        Assert.Empty(group.Telegram.Violations);

        TelegramPost Card() => group.ToBen.Single(p => p.Id == card.Id);
    }

    private static ModelReply Held(SemaphoreSlim goOn, string text) => new() { Text = text, AfterText = goOn.WaitAsync };

    private async Task SeenAsync(GatewayGroup group, ModelServer model, string words)
    {
        await group.UntilAsync(() => group.ToBen.Any(p => p.Text.Contains(words, StringComparison.Ordinal)), $"'{words}' was not seen.");
        var seen = group.ToBen.Single(p => p.Text.Contains(words, StringComparison.Ordinal));
        Assert.Contains(Headline, seen.Text, StringComparison.Ordinal);
        Assert.NotEqual(0, model.Open);
        output.WriteLine($"seen while the model speaks, after {seen.Edits} edits: {seen.Text.ReplaceLineEndings(" / ")}");
    }

    private static async Task AnsweredAsync(GatewayGroup group, string words)
    {
        await group.UntilAsync(() => group.ToBen.Any(IsAnswer), "There is no answer.");
        await Task.Delay(LateComers);
        Assert.True(IsAnswer(Assert.Single(group.ToBen)), $"Something came over the answer: {group.ToBen[0].Text}");

        bool IsAnswer(TelegramPost post) => post.Text.Contains(words, StringComparison.Ordinal) && !post.Text.Contains(Headline, StringComparison.Ordinal);
    }

    private static async Task PassesAsync(Chat chat, ModelServer model, string words)
    {
        await Until.TrueAsync(
            () => Task.FromResult(Events(chat).Any(e => (string?)e["event"] == "progress" && e.ToJsonString().Contains(words, StringComparison.Ordinal))), () => $"'{words}' did not pass:\n{chat.Heard}");
        Assert.NotEqual(0, model.Open);
    }

    private static List<JsonNode> Events(Chat chat) => [.. chat.Heard.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
}
